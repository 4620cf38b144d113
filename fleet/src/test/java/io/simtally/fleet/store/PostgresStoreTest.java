package io.simtally.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class PostgresStoreTest extends StoreContract {
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
  void saysThatTheConnectionIsLostAndGoesOnWhenTheServerIsThereAgain() {
    var january = days("2026-01-01", "2026-01-01");
    write(
        reading(
            SIM, "2026-01-01", "2026-01-01", "2026-01-09T00:00:00Z", usage(SIM, "2026-01-01", 1)));
    records("2026-01-01", "2026-01-01");
    TestPostgres.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'simtally'");

    assertThatThrownBy(
            () -> write(reading(SIM, "2026-01-01", "2026-01-01", "2026-01-09T00:00:00Z")))
        .isInstanceOf(StoreException.class)
        .hasMessageMatching(
            "the store jdbc:postgresql://localhost:\\d+/postgres does not answer any more: the"
                + " connection to the server is lost");
    assertThatThrownBy(() -> store.records(january, each -> {})).isInstanceOf(StoreException.class);

    assertThat(records("2026-01-01", "2026-01-01")).containsExactly(usage(SIM, "2026-01-01", 1));
    write(reading(SIM, "2026-01-01", "2026-01-01", "2026-01-09T00:00:00Z"));
    assertThat(records("2026-01-01", "2026-01-01")).isEmpty();
  }

  @Test
  void aReaderThatLosesItsConnectionSaysSo() {
    write(
        reading(
            SIM, "2026-01-01", "2026-01-01", "2026-01-09T00:00:00Z", usage(SIM, "2026-01-01", 1)));
    assertThatThrownBy(
            () ->
                store.records(
                    days("2026-01-01", "2026-01-01"),
                    each ->
                        TestPostgres.execute(
                            "select pg_terminate_backend(pid) from pg_stat_activity"
                                + " where application_name = 'simtally'")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("does not answer any more");
  }

  @Test
  void refusesAWrongPasswordWithoutTellingIt() {
    TestPostgres.requirePassword("locked", "s3cret/Pass");
    var right = TestPostgres.url("postgres", "locked");

    for (var attempt : List.of("jdbc", "environment")) {
      var inUrl = attempt.equals("jdbc");
      assertThatThrownBy(
              () ->
                  UsageStore.open(
                      inUrl ? right + "&password=wr0ng%2FPass" : right,
                      inUrl ? Map.of() : Map.of("SIMTALLY_STORE_PASSWORD", "wr0ng/Pass")))
          .isInstanceOf(StoreException.class)
          .hasMessageMatching(
              "the store jdbc:postgresql://localhost:\\d+/postgres refuses the user or the password"
                  + " \\(in the URL, or SIMTALLY_STORE_USER and SIMTALLY_STORE_PASSWORD\\)")
          .satisfies(failure -> assertThat(stackTrace(failure)).doesNotContain("wr0ng"));
    }
  }

  @Test
  void takesUserAndPasswordFromTheEnvironmentOrTheUrl() {
    TestPostgres.requirePassword("locked", "s3cret/Pass");
    TestPostgres.execute("create schema if not exists mine authorization locked");
    var bare =
        "jdbc:postgresql://localhost:" + TestPostgres.port() + "/postgres?currentSchema=mine";

    UsageStore.open(
            bare, Map.of("SIMTALLY_STORE_USER", "locked", "SIMTALLY_STORE_PASSWORD", "s3cret/Pass"))
        .close();
    // What the URL says comes before what the environment says.
    UsageStore.open(
            bare + "&user=locked&password=s3cret%2FPass",
            Map.of("SIMTALLY_STORE_USER", "nobody", "SIMTALLY_STORE_PASSWORD", "none"))
        .close();
  }

  @Test
  void saysWhatIsNotThere() {
    assertThatThrownBy(() -> UsageStore.open(TestPostgres.url("nowhere", "postgres"), Map.of()))
        .isInstanceOf(StoreException.class)
        .hasMessageMatching(
            "the store jdbc:postgresql://localhost:\\d+/nowhere does not exist on this server");
    // The port is the reserved one that nobody listens on.
    assertThatThrownBy(
            () -> UsageStore.open("jdbc:postgresql://127.0.0.1:1/fleet?password=s3cret", Map.of()))
        .isInstanceOf(StoreException.class)
        .hasMessage("the store jdbc:postgresql://127.0.0.1:1/fleet cannot be reached")
        .satisfies(failure -> assertThat(stackTrace(failure)).doesNotContain("s3cret"));
    assertThatThrownBy(
            () -> UsageStore.open("jdbc:postgresql://me:s3cret@127.0.0.1/fleet", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("?user=...&password=...")
        .satisfies(failure -> assertThat(stackTrace(failure)).doesNotContain("s3cret"));
    assertThatThrownBy(
            () -> UsageStore.open("jdbc:postgresql://127.0.0.1/fleet?password=s3cret%", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(failure -> assertThat(stackTrace(failure)).doesNotContain("s3cret"));
  }

  @Test
  void isCreatedOnceByManyAtTheSameTime() throws Exception {
    var fresh = TestPostgres.emptySchema();
    var executor = Executors.newFixedThreadPool(6);
    try {
      var openings = new ArrayList<Callable<Void>>();
      for (int i = 0; i < 6; i++) {
        openings.add(
            () -> {
              UsageStore.open(fresh, Map.of()).close();
              return null;
            });
      }
      for (var opened : executor.invokeAll(openings)) {
        opened.get();
      }
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void standsBesideTablesOfOtherPrograms() throws Exception {
    store.close();
    otherProgram(connection -> execute(connection, "create table customer (name text)"));
    open();

    assertThat(store.days()).isEmpty();
  }

  @Test
  void keepsATextWithACharacterThatNoPostgresTextHolds() {
    store.writeFailures(
        List.of(
            new Failure(
                MASON,
                SIM,
                days("2026-01-01", "2026-01-01"),
                "SERVER_ERROR",
                "a\0b",
                Instant.parse("2026-01-09T00:00:00Z"))));

    assertThat(failures()).extracting(Failure::message).containsExactly("a\uFFFDb");
  }

  private static String stackTrace(Throwable failure) {
    var text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
