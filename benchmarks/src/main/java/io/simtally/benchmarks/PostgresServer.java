package io.simtally.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/** A real PostgreSQL server in a separate process. */
public final class PostgresServer {
  private PostgresServer() {}

  /**
   * Starts a server. For each line of standard input, it creates a schema of that name and prints
   * its URL. The server ends with standard input, so that it never outlives its parent process.
   */
  public static void main(String[] args) throws IOException, SQLException {
    var names = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (var server = EmbeddedPostgres.builder().start();
        var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      for (var name = names.readLine(); name != null; name = names.readLine()) {
        statement.execute("create schema " + name);
        System.out.println(server.getJdbcUrl("postgres", "postgres") + "&currentSchema=" + name);
      }
    }
  }
}
