package io.simtally.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.UsageSource;
import io.simtally.fleet.sync.Sync;
import io.simtally.fleet.sync.SyncResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
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

  @Override
  int interleavings() {
    return 200;
  }

  @Test
  void reportsALostConnectionAndReconnects() {
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
    assertThatThrownBy(() -> records(store, UsageQuery.days(january)))
        .isInstanceOf(StoreException.class);

    assertThat(records("2026-01-01", "2026-01-01")).containsExactly(usage(SIM, "2026-01-01", 1));
    write(reading(SIM, "2026-01-01", "2026-01-01", "2026-01-09T00:00:00Z"));
    assertThat(records("2026-01-01", "2026-01-01")).isEmpty();
  }

  @Test
  void aReaderReportsALostConnection() {
    // More rows than the driver fetches at once.
    var first = LocalDate.parse("2000-01-01");
    var all = DayRange.of(first, first.plusDays(10_000));
    var records = all.each().stream().map(day -> usage(SIM, day.toString(), 1)).toList();
    write(new Reading(MASON, EU, SIM, all, all.end(), records));
    assertThatThrownBy(
            () -> {
              try (var rows = store.usageRecords(UsageQuery.all())) {
                var each = rows.iterator();
                each.next();
                TestPostgres.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where application_name = 'simtally'");
                each.forEachRemaining(row -> {});
              }
            })
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("does not answer any more");
  }

  @Test
  void refusesAWrongPasswordWithoutShowingIt() {
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
  void readsUserAndPasswordFromTheEnvironmentOrTheUrl() {
    TestPostgres.requirePassword("locked", "s3cret/Pass");
    TestPostgres.execute("create schema if not exists mine authorization locked");
    var bare =
        "jdbc:postgresql://localhost:" + TestPostgres.port() + "/postgres?currentSchema=mine";

    UsageStore.open(
            bare, Map.of("SIMTALLY_STORE_USER", "locked", "SIMTALLY_STORE_PASSWORD", "s3cret/Pass"))
        .close();
    // The URL takes precedence over the environment.
    UsageStore.open(
            bare + "&user=locked&password=s3cret%2FPass",
            Map.of("SIMTALLY_STORE_USER", "stranger", "SIMTALLY_STORE_PASSWORD", "none"))
        .close();
  }

  @Test
  void reportsAMissingDatabase() {
    assertThatThrownBy(() -> UsageStore.open(TestPostgres.url("nowhere", "postgres"), Map.of()))
        .isInstanceOf(StoreException.class)
        .hasMessageMatching(
            "the store jdbc:postgresql://localhost:\\d+/nowhere does not exist on this server");
  }

  @Test
  void explainsWhyTheServerCannotBeReached() {
    // Port 1 is reserved, and no server listens on it.
    assertExplains(
        "jdbc:postgresql://127.0.0.1:1/fleet",
        "?password=s3cret",
        "cannot be reached: the host refuses the connection; check the port in the URL, and that"
            + " the server is running");
    assertExplains(
        "jdbc:postgresql://no..such..host/fleet",
        "?password=s3cret",
        "cannot be reached: its host is unknown; check the host name in the URL");
    assertExplains(
        "jdbc:postgresql://127.0.0.1:1/fleet",
        "?password=s3cret&sslmode=maybe",
        "cannot be opened: its URL has an unknown sslmode; use disable, allow, prefer, require,"
            + " verify-ca or verify-full");
    assertExplains(
        server(),
        "?user=postgres&password=s3cret&sslmode=require",
        "cannot be opened: the server does not support SSL, which the sslmode of the URL requires;"
            + " enable SSL at the server, or set sslmode=prefer");
  }

  @Test
  void namesTheMissingCredential() {
    TestPostgres.requirePassword("locked", "s3cret/Pass");
    var settings = "(in the URL, or SIMTALLY_STORE_USER and SIMTALLY_STORE_PASSWORD)";

    // The driver uses the name of the operating system's user, which is no role of the server.
    assertExplains(
        server(),
        "?password=s3cret",
        "refuses the connection: no user is set; set user in the URL, or SIMTALLY_STORE_USER");
    assertExplains(server(), "?user=locked", "asks for a password, and none is set " + settings);
    assertExplains(
        server(), "?user=stranger&password=s3cret", "refuses the user or the password " + settings);
    assertExplains(
        server(),
        "?password=s3cret&user=" + TestPostgres.rejectedRole(),
        "does not admit this user from this host, or only with SSL; set sslmode=require in the"
            + " URL, or add a line to the server's pg_hba.conf");
  }

  @Test
  void namesTheMissingPermission() {
    var closed = TestPostgres.emptySchema().replaceFirst(".*=", "");
    var role = TestPostgres.role(closed);
    TestPostgres.execute("grant usage on schema " + closed + " to " + role);

    assertExplains(
        server(),
        "?user=" + role,
        "denies this user a right: ERROR: permission denied for schema " + closed);
    assertExplains(
        server(),
        "?user=" + TestPostgres.role("nowhere"),
        "cannot be opened: no schema of the user's search path exists; set currentSchema in the"
            + " URL");
  }

  private static String server() {
    return "jdbc:postgresql://localhost:" + TestPostgres.port() + "/postgres";
  }

  private static void assertExplains(String name, String parameters, String explanation) {
    assertThatThrownBy(() -> UsageStore.open(name + parameters, Map.of()))
        .isInstanceOf(StoreException.class)
        .hasMessage("the store " + name + " " + explanation)
        .satisfies(failure -> assertThat(stackTrace(failure)).doesNotContain("s3cret"));
  }

  @Test
  void refusesAUrlThatMayShowItsPassword() {
    for (var url :
        List.of(
            "jdbc:postgresql://127.0.0.1/fleet&password=s3cret",
            "jdbc:postgresql://127.0.0.1/fleet;password=s3cret",
            "jdbc:postgresql://127.0.0.1/fleet?sslmode=require;password=s3cret",
            "jdbc:postgresql://127.0.0.1/fleet?user=me;password=s3cret",
            "jdbc:postgresql://127.0.0.1:s3cret/fleet",
            "jdbc:postgresql://me:s3cret@127.0.0.1/fleet",
            "jdbc:postgresql://127.0.0.1/fleet?password=s3cret%")) {
      assertThatThrownBy(() -> UsageStore.open(url, Map.of()))
          .as(url)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("store")
          .satisfies(failure -> assertThat(stackTrace(failure)).doesNotContain("s3cret"));
    }
  }

  @Test
  void isNamedWithoutItsParameters() {
    assertThat(store).hasToString(server());
  }

  @Test
  void rolesWithDifferentSearchPathsShareOneStoreAndDoubleNothing() throws Exception {
    var shared = TestPostgres.emptySchema().replaceFirst(".*=", "");
    var own = TestPostgres.emptySchema().replaceFirst(".*=", "");
    var first = TestPostgres.role(shared);
    var second = TestPostgres.role(own + ", " + shared);
    TestPostgres.execute("grant all on schema " + shared + " to " + first + ", " + second);
    TestPostgres.execute("grant all on schema " + own + " to " + second);
    TestPostgres.execute(
        "alter default privileges for role " + first + " grant all on tables to " + second);
    try (var one = UsageStore.open(server() + "?user=" + first, Map.of());
        var other = UsageStore.open(server() + "?user=" + second, Map.of())) {
      var executor = Executors.newFixedThreadPool(2);
      try {
        for (int round = 0; round < 8; round++) {
          var days = DayRange.of(LocalDate.parse("2026-01-01").plusDays(round));
          // Both runs read all devices before one of them writes.
          var together = new CyclicBarrier(2);
          var syncs = new ArrayList<Callable<SyncResult>>();
          for (var mine : List.of(one, other)) {
            syncs.add(
                () ->
                    Sync.into(mine)
                        .days(days)
                        .clock(Clock.fixed(days.end(), ZoneOffset.UTC))
                        .run(List.of(new MeetingSource(together))));
          }
          for (var synced : executor.invokeAll(syncs)) {
            assertThat(synced.get().isComplete()).isTrue();
          }
        }
      } finally {
        executor.shutdownNow();
      }
      assertThat(records(one, UsageQuery.days(days("2026-01-01", "2026-01-08"))))
          .hasSize(8 * MeetingSource.DEVICES)
          .doesNotHaveDuplicates();
      otherProgram(
          connection ->
              assertThat(
                      query(
                          connection,
                          "select distinct schemaname from pg_tables where schemaname in ('"
                              + shared
                              + "', '"
                              + own
                              + "')"))
                  .containsExactly("[" + shared + "]"));
    }
  }

  @Test
  void processesOfTwoRolesAndSearchPathsWriteTheirAccountsUntilTheyAreKilled() throws Exception {
    var shared = TestPostgres.emptySchema().replaceFirst(".*=", "");
    var own = TestPostgres.emptySchema().replaceFirst(".*=", "");
    var first = TestPostgres.role(shared);
    var second = TestPostgres.role(own + ", " + shared);
    TestPostgres.execute("grant all on schema " + shared + " to " + first + ", " + second);
    TestPostgres.execute("grant all on schema " + own + " to " + second);
    TestPostgres.execute(
        "alter default privileges for role " + first + " grant all on tables to " + second);
    try (var opened = UsageStore.open(server() + "?user=" + first, Map.of())) {
      for (int times = 1; times <= 2; times++) {
        var eu = ChildProgram.start(server() + "?user=" + first, "sim", EU);
        var us = ChildProgram.start(server() + "?user=" + second, "sim", US);
        try (var linesOfEu = eu.inputReader();
            var linesOfUs = us.inputReader()) {
          for (int line = 0; line <= times; line++) {
            assertThat(linesOfEu.readLine()).isNotNull();
            assertThat(linesOfUs.readLine()).isNotNull();
          }
          // The other process goes on beside the killed one.
          eu.destroyForcibly().waitFor();
          assertThat(linesOfUs.readLine()).isNotNull();
        } finally {
          eu.destroyForcibly().waitFor();
          us.destroyForcibly().waitFor();
        }
        for (var account : List.of(EU, US)) {
          assertThat(records(opened, UsageQuery.all().account(account)))
              .matches(ChildProgram::isWhole, "is one round of " + account);
        }
        assertThat(opened.accounts()).extracting(StoredAccount::account).containsExactly(EU, US);
      }
    }
  }

  /**
   * A source that answers for its last device when the other run has reached its last device too.
   */
  private record MeetingSource(CyclicBarrier together) implements UsageSource {
    static final int DEVICES = 2_000;

    @Override
    public String provider() {
      return MASON;
    }

    @Override
    public Iterable<Device> devices(DayRange days) {
      return IntStream.range(0, DEVICES).mapToObj(i -> new Device("iccid", "sim" + i)).toList();
    }

    @Override
    public CompletableFuture<List<UsageRecord>> read(Device device, DayRange days) {
      var answer = List.of(usage(device.id(), days.from().toString(), 1));
      if (!device.id().equals("sim" + (DEVICES - 1))) {
        return CompletableFuture.completedFuture(answer);
      }
      // The default executor may have one thread, which the first of two waiting tasks would hold.
      return CompletableFuture.supplyAsync(
          () -> {
            try {
              together.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
              throw new IllegalStateException(e);
            }
            return answer;
          },
          task -> new Thread(task).start());
    }

    @Override
    public void close() {}
  }

  @Test
  void namesItsSchemaInEveryStatement() {
    var schema = "\"My \"\"Fleet$1\"";
    TestPostgres.execute("create schema " + schema);
    var role = TestPostgres.role(schema);
    TestPostgres.execute("grant all on schema " + schema + " to " + role);
    UsageStore.open(server() + "?user=" + role, Map.of()).close();
    try (var named = UsageStore.open(server() + "?user=" + role, Map.of())) {
      // New connections find no table by an unqualified name.
      TestPostgres.setSearchPath(role, "pg_catalog");
      TestPostgres.terminate(role);
      assertThatThrownBy(() -> named.claim(Origin.REAL)).isInstanceOf(StoreException.class);
      var day = days("2026-01-01", "2026-01-01");
      var at = Instant.parse("2026-01-09T00:00:00Z");

      assertThat(named.origin()).isEmpty();
      named.claim(Origin.REAL);
      named.begin(MASON, EU, at);
      for (var bytes : List.of(1L, 2L)) {
        named.write(
            List.of(new Reading(MASON, EU, SIM, day, at, List.of(usage(SIM, "2026-01-01", bytes)))),
            3);
      }
      named.writeFailures(
          List.of(
              failure(OTHER_SIM, "2026-01-01", "2026-01-01", "TIMEOUT"),
              failure(UsageStore.ACCOUNT, "2026-01-01", "2026-01-01", "TIMEOUT")));
      named.removeAccountFailures(MASON, EU, List.of(day));
      named.end(MASON, EU, at);

      assertThat(named.origin()).contains(Origin.REAL);
      assertThat(named.days()).contains(day);
      assertThat(named.coverage(MASON, EU, List.of(SIM), day)).hasSize(1);
      assertThat(named.settled(MASON, EU, List.of(SIM), day, 3)).isEqualTo(1);
      var query = UsageQuery.days(day).account(EU).provider(MASON);
      assertThat(named.monthlyUsage(query)).hasSize(1);
      assertThat(records(named, query)).containsExactly(usage(SIM, "2026-01-01", 2));
      assertThat(named.dailyUsage(query)).extracting(DailyUsage::totalBytes).containsExactly(2L);
      assertThat(named.coverage(query)).hasSize(1);
      assertThat(named.failures(query)).hasSize(1);
      assertThat(named.corrections(query)).hasSize(1);
      assertThat(named.accounts()).hasSize(1);
    }
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
  void sharesASchemaWithOtherTables() throws Exception {
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
                EU,
                SIM,
                days("2026-01-01", "2026-01-01"),
                "SERVER_ERROR",
                "a\0b",
                Instant.parse("2026-01-09T00:00:00Z"))));

    assertThat(failures()).extracting(Failure::message).containsExactly("a\uFFFDb");
  }

  @Test
  void readsWithTheRightToReadOnly() {
    write(
        reading(
            SIM, "2026-01-01", "2026-01-01", "2026-01-09T00:00:00Z", usage(SIM, "2026-01-01", 1)));
    var name = schema.replaceFirst(".*=", "");
    var reader = TestPostgres.role(name);
    TestPostgres.execute("alter role " + reader + " set default_transaction_read_only = on");
    TestPostgres.execute("grant usage on schema " + name + " to " + reader);
    TestPostgres.execute("grant select on all tables in schema " + name + " to " + reader);

    try (var readOnly = UsageStore.openReadOnly(server() + "?user=" + reader, Map.of());
        var snapshot = readOnly.snapshot()) {
      assertReads(readOnly);
      assertReads(snapshot);
      assertThat(readOnly.origin()).contains(Origin.REAL);
      assertThatThrownBy(() -> readOnly.claim(Origin.REAL))
          .isInstanceOf(StoreException.class)
          .hasMessageEndingWith(" is open for reading only");
    }
  }

  @Test
  void createsNothingInADatabaseWithoutAStore() throws SQLException {
    var empty = TestPostgres.emptySchema();
    assertThatThrownBy(() -> UsageStore.openReadOnly(empty, Map.of()))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "the store " + server() + " has no tables of Simtally; simtally sync creates them");
    otherProgram(
        connection ->
            assertThat(
                    query(
                        connection,
                        "select count(*) from pg_tables where schemaname = '"
                            + empty.replaceFirst(".*=", "")
                            + "'"))
                .containsExactly("[0]"));
  }

  private static String stackTrace(Throwable failure) {
    var text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
