package io.simtally.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresMigrationTest extends MigrationContract {
  private final String schema = TestPostgres.emptySchema();

  @Override
  String location() {
    return schema;
  }

  @Override
  String jdbcUrl() {
    return schema;
  }

  @Test
  void keepsTheRightsOfOtherRolesAndReplacesTheIndexes() throws SQLException {
    SchemaOne.create(jdbcUrl(), 1);
    var name = schema.replaceFirst(".*=", "");
    var reader = TestPostgres.role(name);
    TestPostgres.execute("grant usage on schema " + name + " to " + reader);
    TestPostgres.execute("grant select on all tables in schema " + name + " to " + reader);
    UsageStore.open(location(), Map.of()).close();

    try (var store = UsageStore.openReadOnly(url(reader), Map.of())) {
      assertThat(store.usageRecords(UsageQuery.all())).hasSize(4);
      assertThat(store.accounts()).hasSize(4);
    }
    try (var connection = DriverManager.getConnection(jdbcUrl())) {
      assertThat(
              StoreContract.query(
                  connection, "select indexdef from pg_indexes where schemaname = '" + name + "'"))
          .hasSize(5)
          .allMatch(index -> index.contains("(provider, account, subject"));
    }
  }

  @Test
  void needsTheOwnerOfTheTables() throws SQLException {
    SchemaOne.create(jdbcUrl(), 1);
    var name = schema.replaceFirst(".*=", "");
    var writer = TestPostgres.role(name);
    TestPostgres.execute("grant all on schema " + name + " to " + writer);
    TestPostgres.execute("grant all on all tables in schema " + name + " to " + writer);

    assertThatThrownBy(() -> UsageStore.open(url(writer), Map.of()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("denies this user a right: ERROR: must be owner of view daily_usage");
  }

  private static String url(String role) {
    return "jdbc:postgresql://localhost:" + TestPostgres.port() + "/postgres?user=" + role;
  }
}
