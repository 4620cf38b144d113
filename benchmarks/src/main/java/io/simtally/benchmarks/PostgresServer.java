package io.simtally.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/** A real PostgreSQL for as long as somebody wants it. */
public final class PostgresServer {
  private PostgresServer() {}

  /**
   * Starts a server. For each name that comes in, a schema of this name is made and its URL
   * printed; when standard input ends, so does the server, so that it never outlives who started
   * it.
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
