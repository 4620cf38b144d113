package io.simtally.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.store.sql.Schema;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The migration of older stores, whatever database they are in. */
abstract class MigrationContract {
  private static final DayRange DAY = DayRange.of(LocalDate.parse("2026-01-01"));
  private static final Instant AT = Instant.parse("2026-01-09T00:00:00Z");

  /** The name of a store that does not exist yet, the same within a test. */
  abstract String location();

  /** The URL by which another program reads the same database. */
  abstract String jdbcUrl();

  @Test
  void givesEveryRowTheAccountOfTheEnvironment() throws SQLException {
    SchemaOne.create(jdbcUrl(), 3);
    try (var store = UsageStore.open(location(), Map.of())) {
      assertThat(store.accounts())
          .containsExactly(
              new StoredAccount("iotx-analytics", "iotx-analytics", AT, AT),
              new StoredAccount("mason-usage", "mason-usage", AT, AT),
              new StoredAccount("thingspace-hyperprecise", "thingspace", AT, AT),
              new StoredAccount("thingspace-m2m", "thingspace", AT, AT));
      assertThat(store.usageRecords(UsageQuery.all().account("thingspace"))).hasSize(6);
      assertThat(store.usageRecords(UsageQuery.all().account("mason-usage").subject("sim2")))
          .containsExactly(new StoredRecord("mason-usage", record("mason-usage", "sim2")));
      assertThat(store.coverage(UsageQuery.all().provider("thingspace-m2m").subject("sim1")))
          .containsExactly(new Coverage("thingspace-m2m", "thingspace", "sim1", DAY, AT));
      assertThat(store.failures(UsageQuery.all().provider("iotx-analytics")))
          .containsExactly(
              new Failure(
                  "iotx-analytics",
                  "iotx-analytics",
                  "lost",
                  DayRange.of(DAY.from(), DAY.to().plusDays(1)),
                  "TIMEOUT",
                  "too slow",
                  AT));
      assertThat(store.corrections(UsageQuery.all()))
          .extracting(Correction::account, Correction::beforeBytes, Correction::afterBytes)
          .containsExactly(
              tuple("iotx-analytics", 5L, 1L),
              tuple("mason-usage", 5L, 1L),
              tuple("thingspace", 5L, 1L),
              tuple("thingspace", 5L, 1L));
      assertThat(store.dailyUsage(UsageQuery.days(DAY))).hasSize(12);
    }
  }

  private static UsageRecord record(String provider, String subject) {
    return new UsageRecord(provider, subject, DAY.start(), Duration.ofDays(1), 1, null, 1L, null);
  }

  @Test
  void canBeWrittenAfterwards() throws SQLException {
    SchemaOne.create(jdbcUrl(), 3);
    try (var store = UsageStore.open(location(), Map.of())) {
      var account = "thingspace";
      store.begin("thingspace-m2m", account, AT.plusSeconds(60));
      store.write(
          List.of(
              new Reading(
                  "thingspace-m2m",
                  account,
                  "sim1",
                  DAY,
                  AT.plusSeconds(60),
                  List.of(record("thingspace-m2m", "sim1"), record("thingspace-m2m", "sim1"))),
              new Reading("thingspace-m2m", "other", "sim1", DAY, AT.plusSeconds(60), List.of())),
          3);
      store.writeFailures(
          List.of(
              new Failure("thingspace-m2m", account, "lost", DAY, "NOT_FOUND", "no such SIM", AT)));
      store.end("thingspace-m2m", account, AT.plusSeconds(90));

      assertThat(store.dailyUsage(UsageQuery.all().account(account).subject("sim1")))
          .extracting(DailyUsage::provider, DailyUsage::totalBytes)
          .containsExactly(tuple("thingspace-hyperprecise", 1L), tuple("thingspace-m2m", 2L));
      assertThat(store.corrections(UsageQuery.all().provider("thingspace-m2m"))).hasSize(2);
      assertThat(store.failures(UsageQuery.all().provider("thingspace-m2m"))).hasSize(2);
    }
  }

  @Test
  void createsTheTablesOfANewStore() throws SQLException {
    SchemaOne.create(jdbcUrl(), 1);
    UsageStore.open(location(), Map.of()).close();

    try (var connection = DriverManager.getConnection(jdbcUrl())) {
      for (var table : Schema.NAMES) {
        var columns = new ArrayList<String>();
        try (var row = connection.createStatement().executeQuery("select * from " + table)) {
          for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            columns.add(row.getMetaData().getColumnName(i));
          }
        }
        assertThat(columns)
            .as(table)
            .containsExactlyInAnyOrderElementsOf(
                table.equals("daily_usage")
                    ? List.of("provider", "account", "subject", "day", "total_bytes")
                    : Schema.columns(table));
      }
    }
  }

  @Test
  void countsAStoreWithFiguresAndWithoutAMarkAsReal() throws SQLException {
    SchemaOne.create(jdbcUrl(), 1);
    try (var store = UsageStore.open(location(), Map.of())) {
      assertThat(store.origin()).contains(Origin.REAL);
      assertThatThrownBy(() -> store.claim(Origin.SIMULATED)).isInstanceOf(StoreException.class);
    }
  }

  @Test
  void keepsTheMark() throws SQLException {
    try (var connection = DriverManager.getConnection(jdbcUrl())) {
      SchemaOne.create(connection, true);
      SchemaOne.fill(connection, 1);
      StoreContract.execute(connection, "insert into simtally_origin values ('simulated')");
    }
    try (var store = UsageStore.open(location(), Map.of())) {
      assertThat(store.origin()).contains(Origin.SIMULATED);
    }
  }

  @Test
  void leavesAnEmptyStoreUnclaimed() throws SQLException {
    try (var connection = DriverManager.getConnection(jdbcUrl())) {
      SchemaOne.create(connection, false);
    }
    try (var store = UsageStore.open(location(), Map.of())) {
      assertThat(store.origin()).isEmpty();
      store.claim(Origin.SIMULATED);
      assertThat(store.origin()).contains(Origin.SIMULATED);
    }
  }

  @Test
  void isRefusedToReadersOfAnOlderStoreWithTheCommandThatMigrates() throws SQLException {
    SchemaOne.create(jdbcUrl(), 1);

    assertThatThrownBy(() -> UsageStore.openReadOnly(location(), Map.of()))
        .isInstanceOf(StoreException.class)
        .hasMessageEndingWith(" has schema 1; simtally sync migrates it to schema 2");
    try (var connection = DriverManager.getConnection(jdbcUrl())) {
      assertThat(StoreContract.query(connection, "select version from simtally_schema"))
          .containsExactly("[1]");
    }
  }

  @Test
  void isRefusedWhereATableOfAnotherProgramHasTheName() throws SQLException {
    SchemaOne.create(jdbcUrl(), 1);
    try (var connection = DriverManager.getConnection(jdbcUrl())) {
      StoreContract.execute(connection, "create table device (name varchar(10))");
    }

    assertThatThrownBy(() -> UsageStore.open(location(), Map.of()))
        .isInstanceOf(StoreException.class)
        .hasMessageEndingWith(
            " cannot be migrated to schema 2: another program has a table device in its schema;"
                + " rename that table");
    try (var connection = DriverManager.getConnection(jdbcUrl())) {
      assertThat(StoreContract.query(connection, "select count(*) from daily_usage"))
          .containsExactly("[4]");
    }
  }

  @Test
  void runsOnceWhenManyOpenTheStore() throws Exception {
    SchemaOne.create(jdbcUrl(), 1_000);
    var executor = Executors.newFixedThreadPool(4);
    try {
      var openings = new ArrayList<Callable<Long>>();
      for (int i = 0; i < 4; i++) {
        openings.add(
            () -> {
              try (var store = UsageStore.open(location(), Map.of());
                  var rows = store.usageRecords(UsageQuery.all())) {
                return rows.count();
              }
            });
      }
      for (var opened : executor.invokeAll(openings)) {
        assertThat(opened.get()).isEqualTo(4_000);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void losesAndDoublesNothingWhenItIsKilled() throws Exception {
    var records = 50_000;
    SchemaOne.create(jdbcUrl(), records);
    var version = "[1]";
    for (int kill = 1; kill <= 20; kill++) {
      var child = ChildProgram.start(location());
      // Each time a little later: while the process starts, migrates and ends.
      child.waitFor(60L * kill, TimeUnit.MILLISECONDS);
      child.destroyForcibly().waitFor();
      try (var connection = DriverManager.getConnection(jdbcUrl())) {
        assertThat(
                StoreContract.query(
                    connection,
                    "select provider, count(*), cast(sum(total_bytes) as bigint) from usage_record"
                        + " group by provider order by provider"))
            .as("kill " + kill)
            .containsExactlyElementsOf(
                SchemaOne.PROVIDERS.stream()
                    .map(provider -> "[%s, %d, %d]".formatted(provider, records, records))
                    .toList());
        version = StoreContract.query(connection, "select version from simtally_schema").get(0);
      }
    }
    assertThat(version).isIn("[1]", "[2]");
    try (var store = UsageStore.open(location(), Map.of());
        var rows = store.dailyUsage(UsageQuery.all().account("thingspace"))) {
      assertThat(rows.mapToLong(DailyUsage::totalBytes).sum()).isEqualTo(2L * records);
    }
  }
}
