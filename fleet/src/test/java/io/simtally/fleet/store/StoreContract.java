package io.simtally.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.store.sql.AccountKey;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tests of every store, for any database. */
abstract class StoreContract {
  static final String MASON = "mason-usage";
  static final String IOTX = "iotx-analytics";
  static final String EU = "mason-eu";
  static final String US = "mason-us";
  static final String SIM = "8944500000000000001";
  static final String OTHER_SIM = "8944500000000000002";

  UsageStore store;

  /** Returns the name of a store that does not exist yet; it is constant within a test. */
  abstract String location();

  /** Returns the URL with which another program reads the same database. */
  abstract String jdbcUrl();

  @BeforeEach
  void open() {
    store = UsageStore.open(location(), Map.of());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void returnsTheWrittenRecords() {
    var full =
        new UsageRecord(
            MASON,
            SIM,
            Instant.parse("2026-01-01T06:30:00.123456Z"),
            Duration.ofHours(1),
            1_000,
            400L,
            600L,
            "tab\t, line\n, return\r, back\\slash, \"quote\", é, \\N");
    var bare =
        new UsageRecord(
            MASON,
            SIM,
            Instant.parse("2026-01-02T00:00:00Z"),
            null,
            Long.MAX_VALUE,
            null,
            null,
            null);
    write(reading(SIM, "2026-01-01", "2026-01-02", "2026-01-09T00:00:00Z", full, bare));

    assertThat(records("2026-01-01", "2026-01-02")).containsExactly(full, bare);
    assertThat(records("2026-01-02", "2026-01-31")).containsExactly(bare);
    assertThat(records("2026-01-03", "2026-01-31")).isEmpty();
    assertThat(store.days()).contains(days("2026-01-01", "2026-01-02"));
  }

  @Test
  void returnsEachRecordWithItsOwnTexts() {
    var expected = new ArrayList<StoredRecord>();
    // Each reading differs from the one before in one text, and so do some of its records.
    var readings =
        List.of(
            minutes(IOTX, EU, SIM),
            minutes(MASON, EU, SIM),
            minutes(MASON, US, SIM),
            minutes(MASON, US, OTHER_SIM));
    for (var each : readings) {
      store.write(List.of(each), 3);
      each.records().stream()
          .sorted(Comparator.comparing(UsageRecord::start))
          .forEach(record -> expected.add(new StoredRecord(each.account(), record)));
    }

    try (var rows = store.usageRecords(UsageQuery.all())) {
      assertThat(rows).isEqualTo(expected);
    }
    try (var rows = store.usageRecords(UsageQuery.all().provider(MASON).account(US))) {
      assertThat(rows).isEqualTo(expected.subList(expected.size() / 2, expected.size()));
    }
  }

  private static Reading minutes(String provider, String account, String subject) {
    var start = Instant.parse("2026-01-01T00:00:00Z");
    var records = new ArrayList<UsageRecord>();
    for (int minute = 0; minute < 1_440; minute++) {
      var source = minute % 1_000 < 400 ? null : minute % 1_000 < 700 ? "a" : "";
      records.add(
          new UsageRecord(
              provider,
              subject,
              start.plusSeconds(60L * minute),
              null,
              minute,
              null,
              null,
              minute == 1_439 ? null : source));
    }
    var day = days("2026-01-01", "2026-01-01");
    return new Reading(
        provider, account, subject, day, Instant.parse("2026-01-09T00:00:00Z"), records);
  }

  @Test
  void persistsUntilItIsOpenedAgain() {
    write(
        reading(
            SIM, "2026-01-01", "2026-01-01", "2026-01-09T00:00:00Z", usage(SIM, "2026-01-01", 7)));
    store.close();
    open();

    assertThat(records("2026-01-01", "2026-01-01")).containsExactly(usage(SIM, "2026-01-01", 7));
  }

  @Test
  void replacesTheDaysThatAreReadAgain() {
    write(
        reading(
            SIM,
            "2026-01-01",
            "2026-01-03",
            "2026-01-04T01:00:00Z",
            usage(SIM, "2026-01-01", 1),
            usage(SIM, "2026-01-02", 2),
            usage(SIM, "2026-01-03", 3)));
    write(
        reading(
            OTHER_SIM,
            "2026-01-02",
            "2026-01-02",
            "2026-01-04T01:00:00Z",
            usage(OTHER_SIM, "2026-01-02", 5)));
    // The carrier has changed the second day twice and has dropped the third.
    write(
        reading(
            SIM, "2026-01-02", "2026-01-03", "2026-01-05T01:00:00Z", usage(SIM, "2026-01-02", 20)));
    write(
        reading(
            SIM,
            "2026-01-02",
            "2026-01-03",
            "2026-01-06T01:00:00Z",
            usage(SIM, "2026-01-02", 200)));

    assertThat(records("2026-01-01", "2026-01-31"))
        .containsExactly(
            usage(SIM, "2026-01-01", 1),
            usage(SIM, "2026-01-02", 200),
            usage(OTHER_SIM, "2026-01-02", 5));
  }

  @Test
  void keepsTheRecordsOfOtherSourcesOutOfTheTotals() {
    write(
        of(SIM, "2026-01-02", usage(SIM, "2026-01-01", 100), usage(SIM, "2026-01-01", 60)),
        of(OTHER_SIM, "2026-01-02", usage(OTHER_SIM, "2026-01-01", 7)));

    assertThat(records("2026-01-01", "2026-01-31"))
        .containsExactly(usage(SIM, "2026-01-01", 100), usage(OTHER_SIM, "2026-01-01", 7));
    assertThat(uncounted()).containsExactly(usage(SIM, "2026-01-01", 60));
    assertThat(store.dailyUsage(UsageQuery.all()).mapToLong(DailyUsage::totalBytes).sum())
        .isEqualTo(107);
    assertThat(store.monthlyUsage(UsageQuery.all()))
        .extracting(MonthlyUsage::totalBytes)
        .containsExactly(BigInteger.valueOf(107));
    assertThat(store.uncountedUsage(UsageQuery.all().account(EU)))
        .containsExactly(
            new MonthlyUsage(MASON, EU, YearMonth.of(2026, 1), BigInteger.valueOf(60), 1));
    assertThat(store.subjects(UsageQuery.all()).toList()).containsExactly(SIM, OTHER_SIM);
    assertThat(store.dailyUsage(MASON, EU, List.of(SIM), days("2026-01-01", "2026-01-31")).toList())
        .containsExactly(new DailyUsage(MASON, EU, SIM, LocalDate.of(2026, 1, 1), 100));

    // The next reading replaces both, and the ledger has the change of the total.
    write(of(SIM, "2026-01-03", usage(SIM, "2026-01-01", 150), usage(SIM, "2026-01-01", 100)));

    assertThat(uncounted()).containsExactly(usage(SIM, "2026-01-01", 100));
    assertThat(corrections())
        .containsExactly(
            new Correction(
                MASON,
                EU,
                SIM,
                LocalDate.of(2026, 1, 1),
                100,
                150,
                Instant.parse("2026-01-03T01:00:00Z")));
    write(of(SIM, "2026-01-04", usage(SIM, "2026-01-01", 150)));
    assertThat(uncounted()).isEmpty();
  }

  @Test
  void keepsTheRecordsOfOtherSourcesOfDaysThatAreNotHeldBack() {
    write(of(SIM, "2026-01-02", usage(SIM, "2026-01-01", 100)));
    var response =
        new Reading(
            MASON,
            EU,
            SIM,
            days("2026-01-01", "2026-01-02"),
            Instant.parse("2026-01-03T01:00:00Z"),
            List.of(usage(SIM, "2026-01-02", 100)),
            List.of(usage(SIM, "2026-01-02", 60)));

    var unwritten = store.write(List.of(response), 3, subject -> false);

    assertThat(unwritten.held())
        .extracting(Failure::days)
        .containsExactly(days("2026-01-01", "2026-01-01"));
    assertThat(records("2026-01-01", "2026-01-31"))
        .containsExactly(usage(SIM, "2026-01-01", 100), usage(SIM, "2026-01-02", 100));
    assertThat(uncounted()).containsExactly(usage(SIM, "2026-01-02", 60));
  }

  @Test
  void writesTheSourcesOfADeviceInAnyOrder() {
    var counted = new ArrayList<UsageRecord>();
    var others = new ArrayList<UsageRecord>();
    for (int i = 0; i < 20; i++) {
      var start = days("2026-01-01", "2026-01-01").start().plus(Duration.ofHours(i));
      var source = i % 3 == 0 ? null : i % 3 == 1 ? "Raw Usage" : "Rated Usage";
      counted.add(new UsageRecord(MASON, SIM, start, null, 10 + i, 4L, 6L + i, source));
      others.add(new UsageRecord(MASON, SIM, start, null, 50 + i, null, null, source));
    }
    var response =
        new Reading(
            MASON,
            EU,
            SIM,
            days("2026-01-01", "2026-01-01"),
            Instant.parse("2026-01-02T01:00:00Z"),
            counted,
            others);

    write(response);

    assertThat(records("2026-01-01", "2026-01-31")).containsExactlyInAnyOrderElementsOf(counted);
    assertThat(uncounted()).containsExactlyInAnyOrderElementsOf(others);
  }

  private List<UsageRecord> uncounted() {
    try (var all = store.uncountedRecords(UsageQuery.all())) {
      return all.map(StoredRecord::usage).toList();
    }
  }

  /** Returns a reading of a day, at one o'clock of another one, with records of other sources. */
  private static Reading of(
      String subject, String readOn, UsageRecord counted, UsageRecord... others) {
    return new Reading(
        MASON,
        EU,
        subject,
        days("2026-01-01", "2026-01-01"),
        Instant.parse(readOn + "T01:00:00Z"),
        List.of(counted),
        List.of(others));
  }

  @Test
  void writingTheSameTwiceChangesNothing() {
    var same =
        reading(
            SIM, "2026-01-01", "2026-01-02", "2026-01-09T00:00:00Z", usage(SIM, "2026-01-01", 7));
    write(same);
    write(same);
    write(same, same);

    assertThat(records("2026-01-01", "2026-01-02")).containsExactly(usage(SIM, "2026-01-01", 7));
    assertThat(count("coverage")).isEqualTo(1);
    assertThat(corrections()).isEmpty();
  }

  @Test
  void keepsTheLastOfTwoReadingsInOneWrite() {
    write(
        reading(
            SIM,
            "2026-01-01",
            "2026-01-02",
            "2026-01-09T00:00:00Z",
            usage(SIM, "2026-01-01", 1),
            usage(SIM, "2026-01-02", 2)),
        reading(
            SIM, "2026-01-02", "2026-01-03", "2026-01-09T00:00:01Z", usage(SIM, "2026-01-02", 20)));

    assertThat(records("2026-01-01", "2026-01-31"))
        .containsExactly(usage(SIM, "2026-01-01", 1), usage(SIM, "2026-01-02", 20));
  }

  @Test
  void aReadingOfTheAccountReplacesTheRecordsOfAllItsSubjects() {
    write(
        account(
            "2026-01-01",
            "2026-01-01",
            "2026-01-02T01:00:00Z",
            iotx("a", "2026-01-01", 1),
            iotx("b", "2026-01-01", 2)),
        account("2026-01-02", "2026-01-02", "2026-01-03T01:00:00Z", iotx("a", "2026-01-02", 3)));
    write(
        account(
            "2026-01-01",
            "2026-01-01",
            "2026-01-05T01:00:00Z",
            iotx("a", "2026-01-01", 10),
            iotx("c", "2026-01-01", 4)));
    write(
        reading(
            SIM, "2026-01-01", "2026-01-01", "2026-01-05T01:00:00Z", usage(SIM, "2026-01-01", 9)));

    assertThat(records("2026-01-01", "2026-01-31"))
        .containsExactly(
            iotx("a", "2026-01-01", 10),
            iotx("a", "2026-01-02", 3),
            iotx("c", "2026-01-01", 4),
            usage(SIM, "2026-01-01", 9));
  }

  @Test
  void aReadingOfASubjectReplacesItsRecordsOfTheAccount() {
    write(
        account(
            "2026-01-01",
            "2026-01-02",
            "2026-01-09T00:00:00Z",
            iotx("a", "2026-01-01", 1),
            iotx("b", "2026-01-01", 2)));
    write(
        new Reading(
            IOTX,
            IOTX,
            "a",
            days("2026-01-01", "2026-01-01"),
            Instant.parse("2026-01-10T00:00:00Z"),
            List.of(iotx("a", "2026-01-01", 5))));

    assertThat(records("2026-01-01", "2026-01-02"))
        .containsExactly(iotx("a", "2026-01-01", 5), iotx("b", "2026-01-01", 2));
    // In the other order, the account's reading replaces the subject's.
    write(account("2026-01-01", "2026-01-01", "2026-01-11T00:00:00Z", iotx("b", "2026-01-01", 6)));
    assertThat(records("2026-01-01", "2026-01-02")).containsExactly(iotx("b", "2026-01-01", 6));
    assertThat(store.coverage(IOTX, IOTX, List.of("a"), days("2026-01-01", "2026-01-31")))
        .isEmpty();
  }

  @Test
  void countsTheCompleteSubjects() {
    // A reading on the 7th settles the 3rd: three days after its end.
    write(
        reading(SIM, "2026-01-01", "2026-01-05", "2026-01-07T00:00:00Z"),
        reading(OTHER_SIM, "2026-01-02", "2026-01-03", "2026-01-06T23:59:59Z"));
    var both = List.of(SIM, OTHER_SIM);

    assertThat(store.settled(MASON, EU, both, days("2026-01-01", "2026-01-03"), 3)).isEqualTo(1);
    assertThat(store.settled(MASON, EU, both, days("2026-01-02", "2026-01-03"), 2)).isEqualTo(2);
    assertThat(store.settled(MASON, EU, both, days("2026-01-01", "2026-01-04"), 3)).isZero();
    assertThat(store.settled(MASON, EU, both, days("2025-12-31", "2026-01-03"), 3)).isZero();
    assertThat(store.settled(MASON, EU, both, days("2026-01-03", "2026-01-06"), 0)).isZero();
    assertThat(store.settled(MASON, EU, List.of(OTHER_SIM), days("2026-01-02", "2026-01-02"), 3))
        .isEqualTo(1);
    assertThat(store.settled(IOTX, IOTX, both, days("2026-01-02", "2026-01-03"), 2)).isZero();
    assertThat(store.settled(MASON, EU, both, days("2026-01-02", "2026-01-03"), Integer.MAX_VALUE))
        .isZero();
  }

  @Test
  void distinguishesSubjectsWithAnyCharacters() {
    write(
        reading("a", "2026-01-01", "2026-01-01", "2026-01-09T00:00:00Z"),
        reading("b,c", "2026-01-01", "2026-01-01", "2026-01-09T00:00:00Z"));
    var day = days("2026-01-01", "2026-01-01");

    assertThat(store.coverage(MASON, EU, List.of("x\na", "a\u000b", "b", "c"), day)).isEmpty();
    assertThat(store.coverage(MASON, EU, List.of("x\ny", "b,c", "a"), day))
        .extracting(Coverage::subject)
        .containsExactly("a", "b,c");
  }

  @Test
  void keepsLongReadingsWhetherOrNotTheirRecordsAreAlike() {
    var alike = new ArrayList<UsageRecord>();
    var mixed = new ArrayList<UsageRecord>();
    for (var day : days("2026-01-01", "2026-01-05").each()) {
      var start = DayRange.of(day).start().plusNanos(1_000);
      long bytes = day.getDayOfMonth();
      alike.add(new UsageRecord(MASON, SIM, start, Duration.ofDays(1), bytes, bytes, null, "raw"));
      mixed.add(
          new UsageRecord(
              MASON, OTHER_SIM, start, null, bytes, null, bytes == 3 ? null : bytes, null));
    }
    write(
        new Reading(
            MASON,
            EU,
            SIM,
            days("2026-01-01", "2026-01-05"),
            Instant.parse("2026-01-09T00:00:00Z"),
            alike),
        new Reading(
            MASON,
            EU,
            OTHER_SIM,
            days("2026-01-01", "2026-01-05"),
            Instant.parse("2026-01-09T00:00:00Z"),
            mixed));

    var all = new ArrayList<UsageRecord>(alike);
    all.addAll(mixed);
    assertThat(records("2026-01-01", "2026-01-05")).containsExactlyElementsOf(all);
  }

  @Test
  void distinguishesZeroFromAnUnreadDay() {
    write(reading(SIM, "2026-01-02", "2026-01-04", "2026-01-09T10:00:00Z"));

    assertThat(records("2026-01-01", "2026-01-31")).isEmpty();
    assertThat(store.coverage(MASON, EU, List.of(SIM, OTHER_SIM), days("2026-01-01", "2026-01-03")))
        .containsExactly(coverage(SIM, "2026-01-02", "2026-01-03", "2026-01-09T10:00:00Z"));
    assertThat(store.coverage(IOTX, IOTX, List.of(SIM), days("2026-01-01", "2026-01-03")))
        .isEmpty();
    assertThat(store.coverage(MASON, EU, List.of(), days("2026-01-01", "2026-01-03"))).isEmpty();
  }

  @Test
  void findsTheCoverageOfManySubjectsInOrder() {
    var readings = new ArrayList<Reading>();
    for (int i = 0; i < 3_000; i++) {
      readings.add(
          reading("sim%05d".formatted(i), "2026-01-01", "2026-01-02", "2026-01-09T00:00:00Z"));
    }
    store.write(readings, 3);
    var asked = IntStream.range(0, 2_000).mapToObj(i -> "sim%05d".formatted(i * 2)).toList();

    assertThat(store.coverage(MASON, EU, asked, days("2026-01-01", "2026-01-31")))
        .extracting(Coverage::subject)
        .containsExactlyElementsOf(asked.subList(0, 1_500));
  }

  @Test
  void keepsNeighbouringDaysAsOneWhereEachIsSettled() {
    // As in a daily run: yesterday and the days that are not settled.
    write(reading(SIM, "2026-01-01", "2026-01-10", "2026-01-11T06:00:00Z"));
    for (int day = 11; day <= 28; day++) {
      write(
          reading(
              SIM,
              "2026-01-" + (day - 3),
              "2026-01-" + day,
              "2026-01-%02dT06:00:00Z".formatted(day + 1)));
    }

    var covered = store.coverage(MASON, EU, List.of(SIM), days("2026-01-01", "2026-01-31"));
    assertThat(covered)
        .containsExactly(
            coverage(SIM, "2026-01-01", "2026-01-24", "2026-01-28T06:00:00Z"),
            coverage(SIM, "2026-01-25", "2026-01-28", "2026-01-29T06:00:00Z"));
    assertThat(covered.get(1).settled(3)).contains(days("2026-01-25", "2026-01-25"));
  }

  @Test
  void readsTheSameUnderEveryTimeZone() throws SQLException {
    var usual = TimeZone.getDefault();
    var late = usage(SIM, "2026-01-01T23:59:59.999999999Z", 1);
    var early = usage(SIM, "2026-01-02T00:00:00Z", 2);
    try {
      for (var zone : List.of("America/St_Johns", "Pacific/Kiritimati", "UTC")) {
        store.close();
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        open();
        write(reading(SIM, "2026-01-01", "2026-01-02", "2026-01-09T00:00:00Z", late, early));

        // A database that rounds would move it into the next day.
        assertThat(records("2026-01-01", "2026-01-01"))
            .containsExactly(usage(SIM, "2026-01-01T23:59:59.999999Z", 1));
        assertThat(daily("2026-01-01", "2026-01-02"))
            .containsExactly(
                new DailyUsage(MASON, EU, SIM, LocalDate.parse("2026-01-01"), 1),
                new DailyUsage(MASON, EU, SIM, LocalDate.parse("2026-01-02"), 2));
        assertThat(store.coverage(MASON, EU, List.of(SIM), days("2026-01-01", "2026-01-31")))
            .containsExactly(coverage(SIM, "2026-01-01", "2026-01-02", "2026-01-09T00:00:00Z"));
      }
    } finally {
      TimeZone.setDefault(usual);
    }
  }

  @Test
  void anotherProgramReadsTheTablesByTheirNames() throws SQLException {
    write(
        reading(
            SIM,
            "2026-01-01",
            "2026-01-02",
            "2026-01-09T00:00:00Z",
            usage(SIM, "2026-01-01T23:00:00Z", 5),
            usage(SIM, "2026-01-01T01:00:00Z", 6)));
    store.writeFailures(List.of(failure(OTHER_SIM, "2026-01-01", "2026-01-02", "NOT_FOUND")));

    otherProgram(
        connection -> {
          execute(connection, "set time zone 'Asia/Tokyo'");
          assertThat(
                  query(
                      connection,
                      "select provider, account, subject, extract(epoch from start_time), period_seconds,"
                          + " total_bytes, uplink_bytes, downlink_bytes, source from usage_record"
                          + " order by start_time"))
              .hasSize(2);
          assertThat(
                  query(
                      connection,
                      "select provider, account, subject, cast(day as varchar), total_bytes from"
                          + " daily_usage"))
              .containsExactly("[mason-usage, mason-eu, 8944500000000000001, 2026-01-01, 11]");
          assertThat(
                  query(
                      connection,
                      "select provider, account, subject, cast(from_time at time zone 'UTC' as varchar),"
                          + " cast(to_time at time zone 'UTC' as varchar), cast(read_at at time"
                          + " zone 'UTC' as varchar) from coverage"))
              .containsExactly(
                  "[mason-usage, mason-eu, 8944500000000000001, 2026-01-01 00:00:00, 2026-01-03 00:00:00,"
                      + " 2026-01-09 00:00:00]");
          assertThat(
                  query(
                      connection,
                      "select provider, account, subject, cast(from_time at time zone 'UTC' as varchar),"
                          + " cast(to_time at time zone 'UTC' as varchar), kind, message,"
                          + " cast(failed_at at time zone 'UTC' as varchar) from failure"))
              .containsExactly(
                  "[mason-usage, mason-eu, 8944500000000000002, 2026-01-01 00:00:00, 2026-01-03 00:00:00,"
                      + " NOT_FOUND, no such SIM, 2026-01-09 00:00:00]");
        });
  }

  @Test
  void addsUpTheSourcesAndRecordsOfADayAndTheDaysOfAMonth() {
    var twoSources =
        List.of(
            new UsageRecord(
                MASON, SIM, Instant.parse("2026-01-31T00:00:00Z"), null, 10, null, null, "raw"),
            new UsageRecord(
                MASON, SIM, Instant.parse("2026-01-31T00:00:00Z"), null, 5, null, null, "rated"));
    store.write(
        List.of(
            new Reading(
                MASON,
                EU,
                SIM,
                days("2026-01-31", "2026-01-31"),
                Instant.parse("2026-02-09T00:00:00Z"),
                twoSources),
            reading(
                OTHER_SIM,
                "2026-01-31",
                "2026-02-01",
                "2026-02-09T00:00:00Z",
                usage(OTHER_SIM, "2026-01-31", 100),
                usage(OTHER_SIM, "2026-02-01", 1_000))),
        3);

    assertThat(daily("2026-01-01", "2026-02-28"))
        .containsExactly(
            new DailyUsage(MASON, EU, SIM, LocalDate.parse("2026-01-31"), 15),
            new DailyUsage(MASON, EU, OTHER_SIM, LocalDate.parse("2026-01-31"), 100),
            new DailyUsage(MASON, EU, OTHER_SIM, LocalDate.parse("2026-02-01"), 1_000));
    assertThat(daily("2026-02-01", "2026-02-01")).hasSize(1);
    assertThat(store.monthlyUsage(UsageQuery.days(days("2026-01-01", "2026-02-28"))))
        .containsExactly(
            new MonthlyUsage(MASON, EU, YearMonth.parse("2026-01"), BigInteger.valueOf(115), 2),
            new MonthlyUsage(MASON, EU, YearMonth.parse("2026-02"), BigInteger.valueOf(1_000), 1));
    assertThat(store.monthlyUsage(UsageQuery.days(days("2026-02-01", "2026-02-01"))))
        .containsExactly(
            new MonthlyUsage(MASON, EU, YearMonth.parse("2026-02"), BigInteger.valueOf(1_000), 1));
  }

  @Test
  void aSnapshotIgnoresLaterWrites() {
    write(
        reading(
            SIM, "2026-01-01", "2026-01-02", "2026-01-09T00:00:00Z", usage(SIM, "2026-01-01", 7)));
    var days = days("2026-01-01", "2026-01-31");

    try (var snapshot = store.snapshot()) {
      write(
          reading(
              SIM,
              "2026-01-01",
              "2026-01-03",
              "2026-01-10T00:00:00Z",
              usage(SIM, "2026-01-01", 8),
              usage(SIM, "2026-01-03", 9)));
      store.writeFailures(
          List.of(
              new Failure(
                  MASON,
                  EU,
                  SIM,
                  days,
                  "TIMEOUT",
                  "too slow",
                  Instant.parse("2026-01-11T00:00:00Z"))));

      var query = UsageQuery.days(days);
      assertThat(snapshot.usageRecords(query))
          .containsExactly(new StoredRecord(EU, usage(SIM, "2026-01-01", 7)));
      assertThat(snapshot.failures(query)).isEmpty();
      assertThat(snapshot.corrections(query)).isEmpty();
      assertThat(snapshot.coverage(MASON, EU, List.of(SIM), days))
          .containsExactly(coverage(SIM, "2026-01-01", "2026-01-02", "2026-01-09T00:00:00Z"));
      assertThat(snapshot.days()).contains(days("2026-01-01", "2026-01-02"));
      assertThat(snapshot.monthlyUsage(UsageQuery.days(days)))
          .containsExactly(
              new MonthlyUsage(MASON, EU, YearMonth.parse("2026-01"), BigInteger.valueOf(7), 1));
    }

    assertThat(records("2026-01-01", "2026-01-31"))
        .containsExactly(usage(SIM, "2026-01-01", 8), usage(SIM, "2026-01-03", 9));
  }

  @Test
  void sumsBeyondALongAndNamesADeviceBeyondIt() {
    write(
        reading(
            SIM,
            "2026-01-01",
            "2026-01-02",
            "2026-01-09T00:00:00Z",
            usage(SIM, "2026-01-01", Long.MAX_VALUE),
            usage(SIM, "2026-01-02", Long.MAX_VALUE)));

    assertThat(store.monthlyUsage(UsageQuery.days(days("2026-01-01", "2026-01-31"))))
        .extracting(MonthlyUsage::totalBytes)
        .containsExactly(BigInteger.valueOf(Long.MAX_VALUE).shiftLeft(1));

    write(
        reading(
            SIM,
            "2026-01-03",
            "2026-01-03",
            "2026-01-09T00:00:00Z",
            usage(SIM, "2026-01-03T00:00:00Z", Long.MAX_VALUE),
            usage(SIM, "2026-01-03T01:00:00Z", 1)));
    assertThatThrownBy(() -> daily("2026-01-01", "2026-01-31"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("9223372036854775808 bytes of mason-usage")
        .hasMessageContaining(SIM)
        .hasMessageContaining("on 2026-01-03");
  }

  @Test
  void aReadingRemovesTheFailuresOfItsDays() {
    store.writeFailures(
        List.of(
            failure(SIM, "2026-01-01", "2026-01-05", "TIMEOUT"),
            failure(OTHER_SIM, "2026-01-01", "2026-01-05", "NOT_FOUND")));
    write(reading(SIM, "2026-01-02", "2026-01-03", "2026-01-09T00:00:00Z"));

    assertThat(failures())
        .containsExactly(
            failure(SIM, "2026-01-01", "2026-01-01", "TIMEOUT"),
            failure(SIM, "2026-01-04", "2026-01-05", "TIMEOUT"),
            failure(OTHER_SIM, "2026-01-01", "2026-01-05", "NOT_FOUND"));

    store.writeFailures(List.of(failure(SIM, "2026-01-05", "2026-01-06", "SERVER_ERROR")));
    write(reading(OTHER_SIM, "2025-12-01", "2026-01-31", "2026-02-09T00:00:00Z"));

    assertThat(failures())
        .containsExactly(
            failure(SIM, "2026-01-01", "2026-01-01", "TIMEOUT"),
            failure(SIM, "2026-01-04", "2026-01-04", "TIMEOUT"),
            failure(SIM, "2026-01-05", "2026-01-06", "SERVER_ERROR"));
  }

  @Test
  void aReadingOfTheAccountEndsTheFailuresOfAllSubjects() {
    store.writeFailures(
        List.of(
            new Failure(
                IOTX,
                IOTX,
                "*",
                days("2026-01-01", "2026-01-02"),
                "TIMEOUT",
                "slow",
                Instant.parse("2026-01-09T00:00:00Z")),
            new Failure(
                IOTX,
                IOTX,
                "a",
                days("2026-01-02", "2026-01-02"),
                "TIMEOUT",
                "slow",
                Instant.parse("2026-01-09T00:00:00Z"))));
    write(account("2026-01-02", "2026-01-02", "2026-01-09T00:00:00Z"));

    assertThat(failures())
        .extracting(each -> each.subject() + " " + each.days())
        .containsExactly("* 2026-01-01");
  }

  @Test
  void keepsEveryCorrectionOfEveryRun() {
    store.begin(MASON, EU, Instant.parse("2026-01-03T06:00:00Z"));
    write(
        reading(
            SIM,
            "2026-01-01",
            "2026-01-02",
            "2026-01-03T06:00:00Z",
            usage(SIM, "2026-01-01", 1),
            usage(SIM, "2026-01-02", 2)));
    store.end(MASON, EU, Instant.parse("2026-01-03T06:01:00Z"));
    assertThat(corrections()).isEmpty();

    store.begin(MASON, EU, Instant.parse("2026-01-04T06:00:00Z"));
    write(
        reading(
            SIM,
            "2026-01-01",
            "2026-01-03",
            "2026-01-04T06:00:00Z",
            usage(SIM, "2026-01-01", 1),
            usage(SIM, "2026-01-02", 20),
            usage(SIM, "2026-01-03", 3)));
    assertThat(corrections())
        .containsExactly(correction("2026-01-02", 2, 20, "2026-01-04T06:00:00Z"));

    // A run that was killed and restarted is one run.
    store.begin(MASON, EU, Instant.parse("2026-01-04T07:00:00Z"));
    write(
        reading(
            SIM,
            "2026-01-01",
            "2026-01-03",
            "2026-01-04T07:00:00Z",
            usage(SIM, "2026-01-02", 21),
            usage(SIM, "2026-01-03", 3)));
    store.end(MASON, EU, Instant.parse("2026-01-04T07:01:00Z"));
    assertThat(store.accounts())
        .containsExactly(
            new StoredAccount(
                MASON,
                EU,
                Instant.parse("2026-01-03T06:00:00Z"),
                Instant.parse("2026-01-04T06:00:00Z")));
    assertThat(corrections())
        .containsExactly(
            correction("2026-01-01", 1, 0, "2026-01-04T07:00:00Z"),
            correction("2026-01-02", 2, 20, "2026-01-04T06:00:00Z"),
            correction("2026-01-02", 20, 21, "2026-01-04T07:00:00Z"));

    store.begin(MASON, EU, Instant.parse("2026-01-05T06:00:00Z"));
    assertThat(corrections()).hasSize(3);
    assertThat(store.accounts())
        .extracting(StoredAccount::latestRunAt)
        .containsExactly(Instant.parse("2026-01-05T06:00:00Z"));
    write(
        reading(
            SIM,
            "2026-01-01",
            "2026-01-03",
            "2026-01-05T06:00:00Z",
            usage(SIM, "2026-01-01", 4),
            usage(SIM, "2026-01-02", 21),
            usage(SIM, "2026-01-03", 3)));
    assertThat(corrections())
        .contains(correction("2026-01-01", 0, 4, "2026-01-05T06:00:00Z"))
        .hasSize(4);
  }

  @Test
  void keepsAChangeAndItsWithdrawal() {
    write(
        reading(
            SIM, "2026-01-01", "2026-01-01", "2026-01-02T01:00:00Z", usage(SIM, "2026-01-01", 1)));
    write(
        reading(
            SIM, "2026-01-01", "2026-01-01", "2026-01-02T02:00:00Z", usage(SIM, "2026-01-01", 2)));
    write(
        reading(
            SIM, "2026-01-01", "2026-01-01", "2026-01-02T03:00:00Z", usage(SIM, "2026-01-01", 1)));

    assertThat(corrections())
        .containsExactly(
            correction("2026-01-01", 1, 2, "2026-01-02T02:00:00Z"),
            correction("2026-01-01", 2, 1, "2026-01-02T03:00:00Z"));
  }

  @Test
  void noticesChangesWithinAnAccount() {
    write(
        account(
            "2026-01-01",
            "2026-01-01",
            "2026-01-02T01:00:00Z",
            iotx("a", "2026-01-01", 1),
            iotx("b", "2026-01-01", 2)));
    write(
        account(
            "2026-01-01",
            "2026-01-02",
            "2026-01-03T01:00:00Z",
            iotx("a", "2026-01-01", 1),
            iotx("c", "2026-01-01", 3),
            iotx("c", "2026-01-02", 4)));

    assertThat(corrections())
        .extracting(
            each ->
                each.subject()
                    + " "
                    + each.day()
                    + " "
                    + each.beforeBytes()
                    + " "
                    + each.afterBytes())
        .containsExactly("b 2026-01-01 2 0", "c 2026-01-01 0 3");
  }

  @Test
  void keepsAFailureThroughRunsThatReadOtherDaysOrSubjects() {
    store.begin(MASON, EU, Instant.parse("2026-01-03T06:00:00Z"));
    store.writeFailures(List.of(failure(SIM, "2026-01-01", "2026-01-02", "TIMEOUT")));
    store.end(MASON, EU, Instant.parse("2026-01-03T07:00:00Z"));

    store.begin(MASON, EU, Instant.parse("2026-01-04T06:00:00Z"));
    assertThat(failures()).as("a new run alone reads nothing").hasSize(1);
    write(
        reading(SIM, "2026-01-03", "2026-01-03", "2026-01-04T06:00:00Z"),
        reading(OTHER_SIM, "2026-01-01", "2026-01-03", "2026-01-04T06:00:00Z"));
    store.end(MASON, EU, Instant.parse("2026-01-04T07:00:00Z"));
    store.begin(IOTX, IOTX, Instant.parse("2026-01-04T08:00:00Z"));
    write(account("2026-01-01", "2026-01-31", "2026-02-04T08:00:00Z"));
    store.end(IOTX, IOTX, Instant.parse("2026-01-04T09:00:00Z"));

    assertThat(failures()).containsExactly(failure(SIM, "2026-01-01", "2026-01-02", "TIMEOUT"));

    store.begin(MASON, EU, Instant.parse("2026-01-05T06:00:00Z"));
    write(reading(SIM, "2026-01-02", "2026-01-04", "2026-01-05T06:00:00Z"));
    assertThat(failures()).containsExactly(failure(SIM, "2026-01-01", "2026-01-01", "TIMEOUT"));
    write(reading(SIM, "2026-01-01", "2026-01-01", "2026-01-05T06:00:00Z"));
    assertThat(failures()).isEmpty();
  }

  @Test
  void removesDaysFromTheFailuresOfTheAccountOnly() {
    store.writeFailures(
        List.of(
            failure(UsageStore.ACCOUNT, "2026-01-01", "2026-01-09", "UNAUTHENTICATED"),
            failure(SIM, "2026-01-03", "2026-01-03", "TIMEOUT")));

    store.removeAccountFailures(IOTX, IOTX, List.of(days("2026-01-01", "2026-01-31")));
    store.removeAccountFailures(MASON, EU, List.of());
    assertThat(failures()).hasSize(2);
    store.removeAccountFailures(
        MASON, EU, List.of(days("2026-01-03", "2026-01-04"), days("2026-01-08", "2026-01-31")));

    assertThat(failures())
        .containsExactly(
            failure(UsageStore.ACCOUNT, "2026-01-01", "2026-01-02", "UNAUTHENTICATED"),
            failure(UsageStore.ACCOUNT, "2026-01-05", "2026-01-07", "UNAUTHENTICATED"),
            failure(SIM, "2026-01-03", "2026-01-03", "TIMEOUT"));
  }

  @Test
  void selectsByAccountProviderSubjectAndDays() {
    var mine = usage(SIM, "2026-01-01", 1);
    var late = usage(SIM, "2026-01-02", 2);
    var other = usage(OTHER_SIM, "2026-01-01", 3);
    write(
        reading(SIM, "2026-01-01", "2026-01-02", "2026-01-09T00:00:00Z", mine, late),
        reading(OTHER_SIM, "2026-01-01", "2026-01-01", "2026-01-09T00:00:00Z", other),
        reading(US, SIM, "2026-01-01", "2026-01-01", "2026-01-09T00:00:00Z", mine),
        account("2026-01-01", "2026-01-01", "2026-01-09T00:00:00Z", iotx(SIM, "2026-01-01", 4)));
    var day = UsageQuery.days(days("2026-01-01", "2026-01-01"));

    assertThat(records(store, UsageQuery.all())).hasSize(5);
    assertThat(store.usageRecords(day.account(EU)))
        .containsExactly(new StoredRecord(EU, mine), new StoredRecord(EU, other));
    assertThat(store.usageRecords(day.provider(MASON).subject(SIM)))
        .containsExactly(new StoredRecord(EU, mine), new StoredRecord(US, mine));
    assertThat(store.dailyUsage(day.account(US)))
        .containsExactly(new DailyUsage(MASON, US, SIM, LocalDate.parse("2026-01-01"), 1));
    assertThat(store.coverage(UsageQuery.all().account(EU).subject(SIM)))
        .containsExactly(coverage(SIM, "2026-01-01", "2026-01-02", "2026-01-09T00:00:00Z"));
    assertThat(store.coverage(day.provider(IOTX)))
        .extracting(Coverage::subject)
        .containsExactly(UsageStore.ACCOUNT);
    assertThat(store.monthlyUsage(day.account(EU)))
        .containsExactly(
            new MonthlyUsage(MASON, EU, YearMonth.parse("2026-01"), BigInteger.valueOf(4), 2));
    assertThat(store.usageRecords(day.account("none"))).isEmpty();
  }

  @Test
  void limitsFailuresAndCorrectionsToTheDaysOfTheQuery() {
    store.writeFailures(List.of(failure(SIM, "2026-01-01", "2026-01-09", "TIMEOUT")));
    write(
        reading(
            OTHER_SIM,
            "2026-01-01",
            "2026-01-02",
            "2026-01-03T00:00:00Z",
            usage(OTHER_SIM, "2026-01-01", 1),
            usage(OTHER_SIM, "2026-01-02", 1)));
    write(reading(OTHER_SIM, "2026-01-01", "2026-01-02", "2026-01-04T00:00:00Z"));
    var second = UsageQuery.days(days("2026-01-02", "2026-01-02"));

    assertThat(store.failures(second))
        .containsExactly(failure(SIM, "2026-01-02", "2026-01-02", "TIMEOUT"));
    assertThat(store.failures(second.account(US))).isEmpty();
    assertThat(store.corrections(second))
        .extracting(Correction::day)
        .containsExactly(LocalDate.parse("2026-01-02"));
    assertThat(store.corrections(second.subject(SIM))).isEmpty();
  }

  @Test
  void readsAStreamThatEndsEarlyWhileItIsWritten() {
    var readings = new ArrayList<Reading>();
    for (int i = 0; i < 3_000; i++) {
      var subject = "sim%05d".formatted(i);
      readings.add(
          reading(
              subject,
              "2026-01-01",
              "2026-01-01",
              "2026-01-09T00:00:00Z",
              usage(subject, "2026-01-01", i)));
    }
    store.write(readings, 3);

    for (int i = 0; i < 20; i++) {
      try (var rows = store.usageRecords(UsageQuery.all())) {
        assertThat(rows.limit(2).map(row -> row.usage().totalBytes())).containsExactly(0L, 1L);
      }
      write(readings.get(5));
    }
    assertThat(records(store, UsageQuery.all())).hasSize(3_000);
  }

  @Test
  void renamesAnAccountInAllTablesOrInNone() {
    for (var account : List.of(EU, US)) {
      store.begin(MASON, account, Instant.parse("2026-01-03T00:00:00Z"));
      for (var bytes : List.of(1, 2)) {
        write(
            reading(
                account,
                SIM,
                "2026-01-01",
                "2026-01-02",
                "2026-01-03T00:00:00Z",
                usage(SIM, "2026-01-01", bytes)));
      }
    }

    assertThatThrownBy(() -> store.renameAccount(EU, US))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("has rows of the account " + US + "; " + EU + " keeps its name");
    assertThat(records(store, UsageQuery.all().account(EU))).hasSize(1);
    assertThat(records(store, UsageQuery.all().account(US))).hasSize(1);

    store.renameAccount(EU, "mason-europe");

    assertThat(records(store, UsageQuery.all().account(EU))).isEmpty();
    assertThat(records(store, UsageQuery.all().account("mason-europe")))
        .containsExactly(usage(SIM, "2026-01-01", 2));
    assertThat(records(store, UsageQuery.all().account(US))).hasSize(1);
    assertThat(
            store.coverage(MASON, "mason-europe", List.of(SIM), days("2026-01-01", "2026-01-31")))
        .hasSize(1);
    assertThat(corrections()).extracting(Correction::account).containsExactly("mason-europe", US);
    assertThat(store.accounts())
        .extracting(StoredAccount::account, StoredAccount::latestRunAt)
        .containsExactly(
            tuple("mason-europe", Instant.parse("2026-01-03T00:00:00Z")),
            tuple(US, Instant.parse("2026-01-03T00:00:00Z")));

    store.renameAccount("unknown", "other");
    assertThat(store.accounts()).hasSize(2);
  }

  @Test
  void keepsAccountsOfOneProviderApart() {
    for (var account : List.of(EU, US)) {
      var bytes = account.equals(EU) ? 1 : 100;
      store.begin(MASON, account, Instant.parse("2026-01-03T00:00:00Z"));
      write(
          reading(
              account,
              SIM,
              "2026-01-01",
              "2026-01-02",
              "2026-01-03T00:00:00Z",
              usage(SIM, "2026-01-01", bytes),
              usage(SIM, "2026-01-02", bytes)));
      store.writeFailures(
          List.of(
              new Failure(
                  MASON,
                  account,
                  "lost",
                  days("2026-01-01", "2026-01-02"),
                  "TIMEOUT",
                  "slow",
                  Instant.parse("2026-01-03T00:00:00Z"))));
    }
    store.end(MASON, EU, Instant.parse("2026-01-03T00:00:01Z"));

    // A reading of the whole account replaces all subjects, of its own account only.
    write(
        reading(
            US,
            UsageStore.ACCOUNT,
            "2026-01-01",
            "2026-01-31",
            "2026-01-04T00:00:00Z",
            usage("new", "2026-01-01", 7)));
    store.removeAccountFailures(MASON, US, List.of(days("2026-01-01", "2026-01-31")));
    store.begin(MASON, EU, Instant.parse("2026-01-05T00:00:00Z"));
    store.begin(MASON, US, Instant.parse("2026-01-05T00:00:00Z"));

    assertThat(records(store, UsageQuery.all().account(EU)))
        .containsExactly(usage(SIM, "2026-01-01", 1), usage(SIM, "2026-01-02", 1));
    assertThat(records(store, UsageQuery.all().account(US)))
        .containsExactly(usage("new", "2026-01-01", 7));
    assertThat(failures()).extracting(Failure::account).containsExactly(EU);
    assertThat(corrections()).hasSize(2).allMatch(each -> each.account().equals(US));
    assertThat(store.coverage(MASON, EU, List.of(SIM), days("2026-01-01", "2026-01-31")))
        .containsExactly(coverage(SIM, "2026-01-01", "2026-01-02", "2026-01-03T00:00:00Z"));
    assertThat(store.settled(MASON, EU, List.of(SIM), days("2026-01-01", "2026-01-01"), 0))
        .isEqualTo(1);
    assertThat(store.settled(MASON, US, List.of(SIM), days("2026-01-01", "2026-01-01"), 0))
        .isZero();
    assertThat(store.accounts())
        .extracting(StoredAccount::latestRunAt)
        .as("the run of one account has ended, that of the other goes on")
        .containsExactly(
            Instant.parse("2026-01-05T00:00:00Z"), Instant.parse("2026-01-03T00:00:00Z"));
  }

  @Test
  void isOfOneOriginFromTheFirstClaim() {
    assertThat(store.origin()).isEmpty();
    store.claim(Origin.SIMULATED);
    store.claim(Origin.SIMULATED);
    write(reading(SIM, "2026-01-01", "2026-01-01", "2026-01-09T00:00:00Z"));
    store.close();
    open();

    assertThat(store.origin()).contains(Origin.SIMULATED);
    assertThatThrownBy(() -> store.claim(Origin.REAL))
        .isInstanceOf(StoreException.class)
        .hasMessageEndingWith(" holds simulated figures; use another store for real ones");
    store.claim(Origin.SIMULATED);
  }

  @Test
  void acceptsRealFiguresWithoutAClaim() {
    write(reading(SIM, "2026-01-01", "2026-01-01", "2026-01-09T00:00:00Z"));

    assertThat(store.origin()).contains(Origin.REAL);
    assertThatThrownBy(() -> store.claim(Origin.SIMULATED))
        .isInstanceOf(StoreException.class)
        .hasMessageEndingWith(" holds real figures; use another store for simulated ones");
  }

  @Test
  void writesNothingWithoutAClaimIntoAStoreOfSimulatedFigures() {
    store.claim(Origin.SIMULATED);
    store.close();
    open();
    var reading =
        reading(
            SIM, "2026-01-01", "2026-01-01", "2026-01-09T00:00:00Z", usage(SIM, "2026-01-01", 1));

    assertThatThrownBy(() -> write(reading)).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> store.begin(MASON, EU, Instant.EPOCH))
        .isInstanceOf(StoreException.class);
    assertThatThrownBy(
            () -> store.writeFailures(List.of(failure(SIM, "2026-01-01", "2026-01-01", "TIMEOUT"))))
        .isInstanceOf(StoreException.class);
    assertThat(records("2026-01-01", "2026-01-01")).isEmpty();
    assertThat(failures()).isEmpty();
  }

  @Test
  void ofClaimsMadeAtTheSameTimeOneOriginWins() throws Exception {
    try (var second = UsageStore.open(location(), Map.of())) {
      var executor = Executors.newFixedThreadPool(2);
      try {
        var together = new CyclicBarrier(2);
        var claims = new ArrayList<Callable<Boolean>>();
        for (var origin : Origin.values()) {
          var mine = origin == Origin.REAL ? store : second;
          claims.add(
              () -> {
                together.await(1, TimeUnit.MINUTES);
                try {
                  mine.claim(origin);
                  return true;
                } catch (StoreException e) {
                  return false;
                }
              });
        }
        var won = new ArrayList<Boolean>();
        for (var claim : executor.invokeAll(claims)) {
          won.add(claim.get());
        }
        assertThat(won).containsExactlyInAnyOrder(true, false);
        assertThat(store.origin())
            .contains(won.get(Origin.REAL.ordinal()) ? Origin.REAL : Origin.SIMULATED);
        assertThat(count("simtally_origin")).isEqualTo(1);
      } finally {
        executor.shutdownNow();
      }
    }
  }

  @Test
  void passesTheConsumersExceptionOnAndStaysUsable() {
    write(
        reading(
            SIM, "2026-01-01", "2026-01-01", "2026-01-09T00:00:00Z", usage(SIM, "2026-01-01", 1)));

    assertThatThrownBy(
            () -> {
              try (var rows = store.usageRecords(UsageQuery.all())) {
                rows.forEach(
                    each -> {
                      throw new IllegalStateException("enough");
                    });
              }
            })
        .hasMessage("enough");
    assertThat(records("2026-01-01", "2026-01-01")).hasSize(1);
  }

  @Test
  void canBeWrittenWhileItIsRead() {
    write(
        reading(
            SIM, "2026-01-01", "2026-01-01", "2026-01-09T00:00:00Z", usage(SIM, "2026-01-01", 1)));
    try (var rows = store.usageRecords(UsageQuery.all())) {
      rows.forEach(
          each ->
              write(
                  reading(
                      OTHER_SIM,
                      "2026-01-01",
                      "2026-01-01",
                      "2026-01-09T00:00:00Z",
                      usage(OTHER_SIM, "2026-01-01", 2))));
    }

    assertThat(records("2026-01-01", "2026-01-01")).hasSize(2);
  }

  @Test
  void severalThreadsAndStoresWriteAtTheSameTime() throws Exception {
    try (var second = UsageStore.open(location(), Map.of())) {
      var executor = Executors.newFixedThreadPool(4);
      try {
        var together = new CyclicBarrier(4);
        var jobs = new ArrayList<Callable<Void>>();
        for (int thread = 0; thread < 4; thread++) {
          var mine = thread % 2 == 0 ? store : second;
          var first = thread * 10;
          jobs.add(
              () -> {
                for (int round = 0; round < 10; round++) {
                  var readings = new ArrayList<Reading>();
                  // Another thread writes half of the subjects too, with new ones in each round:
                  // the next round would replace a duplicate.
                  for (int i = 0; i < 20; i++) {
                    var subject = "sim" + (first + i) + " of round " + round;
                    readings.add(
                        reading(
                            subject,
                            "2026-01-01",
                            "2026-01-02",
                            "2026-01-09T00:00:00Z",
                            usage(subject, "2026-01-01", first + i),
                            usage(subject, "2026-01-02", 1)));
                  }
                  together.await(1, TimeUnit.MINUTES);
                  mine.write(readings, 3);
                }
                return null;
              });
        }
        for (var done : executor.invokeAll(jobs)) {
          done.get();
        }
      } finally {
        executor.shutdownNow();
      }
    }

    assertThat(records("2026-01-01", "2026-01-02")).hasSize(1_000).doesNotHaveDuplicates();
    assertThat(count("coverage")).isEqualTo(500);
  }

  @Test
  void aFailedWriteChangesNothing() throws SQLException {
    write(
        reading(
            SIM, "2026-01-01", "2026-01-02", "2026-01-09T00:00:00Z", usage(SIM, "2026-01-01", 1)));
    // The second carrier's sum exceeds the range, after the first carrier's records are written.
    var tooMuch = usage(OTHER_SIM, "2026-01-01T00:00:00Z", Long.MAX_VALUE);
    write(
        reading(
            OTHER_SIM,
            "2026-01-01",
            "2026-01-01",
            "2026-01-09T00:00:00Z",
            tooMuch,
            usage(OTHER_SIM, "2026-01-01T01:00:00Z", 1)));

    assertThatThrownBy(
            () ->
                write(
                    reading(
                        SIM,
                        "2026-01-01",
                        "2026-01-02",
                        "2026-01-09T00:00:00Z",
                        usage(SIM, "2026-01-01", 50)),
                    reading(
                        "new",
                        "2026-01-01",
                        "2026-01-02",
                        "2026-01-09T00:00:00Z",
                        usage("new", "2026-01-01", 50)),
                    reading(
                        OTHER_SIM, "2026-01-01", "2026-01-01", "2026-01-09T00:00:00Z", tooMuch)))
        .isInstanceOf(ArithmeticException.class);
    assertThat(records("2026-01-01", "2026-01-02"))
        .extracting(UsageRecord::totalBytes)
        .containsExactly(1L, Long.MAX_VALUE, 1L);
    assertThat(count("coverage")).isEqualTo(2);
  }

  /** The accounts of the model, two of which have one provider. */
  private static final List<AccountKey> ACCOUNTS =
      List.of(
          new AccountKey(MASON, EU),
          new AccountKey(MASON, US),
          new AccountKey(IOTX, EU),
          new AccountKey(IOTX, IOTX));

  /** The number of random steps over four accounts. */
  abstract int interleavings();

  @Test
  void equalsAPlainModelPerAccountForAnyOrderOfWrites() {
    var random = new Random(24);
    var models = new HashMap<AccountKey, StoreModel>();
    ACCOUNTS.forEach(key -> models.put(key, new StoreModel()));
    // No long holds this sum: a write that replaces the day fails after the writes before it.
    var spoilt = reading("spoilt", SIM, "2026-01-01", "2026-01-01", "2026-01-09T00:00:00Z");
    write(
        reading(
            "spoilt",
            SIM,
            "2026-01-01",
            "2026-01-01",
            "2026-01-09T00:00:00Z",
            usage(SIM, "2026-01-01T00:00:00Z", Long.MAX_VALUE),
            usage(SIM, "2026-01-01T01:00:00Z", 1)));
    for (int step = 0; step < interleavings(); step++) {
      var key = ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
      var model = models.get(key);
      var readings = Stream.generate(() -> reading(key, random)).limit(random.nextInt(4)).toList();
      switch (random.nextInt(6)) {
        case 0 -> store.begin(key.provider(), key.account(), Instant.EPOCH);
        case 1 -> store.end(key.provider(), key.account(), Instant.EPOCH);
        case 2 -> {
          var failure =
              new Failure(
                  key.provider(),
                  key.account(),
                  subject(random),
                  range(random),
                  "KIND" + step,
                  "failed",
                  Instant.EPOCH);
          model.fail(failure);
          store.writeFailures(List.of(failure));
        }
        case 3 -> {
          var days = List.of(range(random));
          model.removeAccountFailures(days);
          store.removeAccountFailures(key.provider(), key.account(), days);
        }
        case 4 -> {
          // As a run that is killed while it writes.
          var aborted = Stream.concat(Stream.of(spoilt), readings.stream()).toList();
          assertThatThrownBy(() -> store.write(aborted, 3)).isInstanceOf(ArithmeticException.class);
        }
        default -> {
          model.write(readings);
          store.write(readings, 3);
        }
      }
      if (step % 10 == 0) {
        assertHolds(key, model, step);
      }
      if (step % 100 == 0 || step == interleavings() - 1) {
        var at = step;
        models.forEach((each, expected) -> assertHolds(each, expected, at));
      }
    }
    assertThat(records(store, UsageQuery.all().account("spoilt"))).hasSize(2);
  }

  private void assertHolds(AccountKey key, StoreModel model, int step) {
    var where = "step " + step + ", " + key;
    var query = UsageQuery.all().provider(key.provider()).account(key.account());
    assertThat(StoreModel.sorted(records(store, query))).as(where).isEqualTo(model.records());
    var covered =
        store.coverage(key.provider(), key.account(), SUBJECTS, days("2026-01-01", "2026-01-31"));
    assertThat(StoreModel.coverage(covered, 3)).as(where).isEqualTo(model.coverage(3));
    assertThat(StoreModel.failures(store.failures(query).toList()))
        .as(where)
        .isEqualTo(model.failures());
    assertThat(StoreModel.corrections(store.corrections(query).toList()))
        .as(where)
        .isEqualTo(model.corrections());
  }

  private static final List<String> SUBJECTS = List.of("*", "a", "b", "c");

  private static String subject(Random random) {
    return SUBJECTS.get(random.nextInt(SUBJECTS.size()));
  }

  private static DayRange range(Random random) {
    var from = LocalDate.parse("2026-01-01").plusDays(random.nextInt(10));
    return DayRange.of(from, from.plusDays(random.nextInt(5)));
  }

  /** Returns one of few figures, so that some stay unchanged. */
  private static Reading reading(AccountKey key, Random random) {
    var subject = subject(random);
    var days = range(random);
    var records = new ArrayList<UsageRecord>();
    for (var of : subject.equals("*") ? SUBJECTS.subList(1, 4) : List.of(subject)) {
      for (var day : days.each()) {
        for (int i = random.nextInt(3); i > 0; i--) {
          records.add(
              new UsageRecord(
                  key.provider(),
                  of,
                  DayRange.of(day).start().plusSeconds(3_600L * random.nextInt(24)),
                  Duration.ofHours(1),
                  random.nextInt(2),
                  null,
                  null,
                  random.nextBoolean() ? "raw" : null));
        }
      }
    }
    var readAt = days.end().plusSeconds(3_600L * random.nextInt(24 * 8));
    return new Reading(key.provider(), key.account(), subject, days, readAt, records);
  }

  @Test
  void keepsOnlyCompleteTransactionsWhenKilled() throws Exception {
    store.close();
    for (int times = 0; times < 3; times++) {
      var child = ChildProgram.start(location(), "sim");
      try (var lines = child.inputReader()) {
        assertThat(lines.readLine()).isEqualTo("open");
        // A little later within a round each time.
        for (int round = 0; round <= times; round++) {
          assertThat(lines.readLine()).isNotNull();
        }
      } finally {
        child.destroyForcibly().waitFor();
      }
      open();
      assertThat(records("2026-01-01", "2026-01-31"))
          .matches(ChildProgram::isWhole, "is one round");
      assertThat(count("coverage")).isEqualTo(500);
      store.close();
    }
  }

  @Test
  void refusesASchemaOfANewerVersion() throws SQLException {
    store.close();
    otherProgram(connection -> execute(connection, "update simtally_schema set version = 3"));

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is of a newer Simtally: its schema has version 3, this one knows 2");
  }

  @Test
  void refusesTablesOfAnotherProgram() throws SQLException {
    store.close();
    otherProgram(connection -> execute(connection, "drop table simtally_schema"));

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageMatching("the store .* is of another program: it has a table \\w+ already");
  }

  @Test
  void reportsThatItIsClosed() {
    store.close();
    store.close();

    assertThatThrownBy(() -> records("2026-01-01", "2026-01-01"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the store is closed");
    assertThatThrownBy(() -> write()).hasMessage("the store is closed");
  }

  /** Checks that a reader of a store with one record, of {@link #SIM}, answers every query. */
  static void assertReads(UsageReader reader) {
    var query = UsageQuery.all();
    assertThat(records(reader, query)).containsExactly(usage(SIM, "2026-01-01", 1));
    assertThat(reader.dailyUsage(query)).hasSize(1);
    assertThat(reader.monthlyUsage(query)).hasSize(1);
    assertThat(reader.coverage(query)).hasSize(1);
    assertThat(reader.coverage(MASON, EU, List.of(SIM), days("2026-01-01", "2026-01-01")))
        .hasSize(1);
    assertThat(reader.failures(query)).isEmpty();
    assertThat(reader.corrections(query)).isEmpty();
    assertThat(reader.accounts()).hasSize(1);
    assertThat(reader.days()).contains(days("2026-01-01", "2026-01-01"));
  }

  void write(Reading... readings) {
    store.write(List.of(readings), 3);
  }

  List<UsageRecord> records(String from, String to) {
    return records(store, UsageQuery.days(days(from, to)));
  }

  static List<UsageRecord> records(UsageReader store, UsageQuery query) {
    try (var rows = store.usageRecords(query)) {
      return rows.map(StoredRecord::usage).toList();
    }
  }

  List<DailyUsage> daily(String from, String to) {
    try (var rows = store.dailyUsage(UsageQuery.days(days(from, to)))) {
      return rows.toList();
    }
  }

  List<Failure> failures() {
    try (var rows = store.failures(UsageQuery.all())) {
      return rows.toList();
    }
  }

  List<Correction> corrections() {
    try (var rows = store.corrections(UsageQuery.all())) {
      return rows.toList();
    }
  }

  static Reading reading(
      String subject, String from, String to, String readAt, UsageRecord... records) {
    return new Reading(MASON, EU, subject, days(from, to), Instant.parse(readAt), List.of(records));
  }

  static Reading reading(
      String account,
      String subject,
      String from,
      String to,
      String readAt,
      UsageRecord... records) {
    return new Reading(
        MASON, account, subject, days(from, to), Instant.parse(readAt), List.of(records));
  }

  static Reading account(String from, String to, String readAt, UsageRecord... records) {
    return new Reading(
        IOTX, IOTX, UsageStore.ACCOUNT, days(from, to), Instant.parse(readAt), List.of(records));
  }

  static UsageRecord usage(String subject, String start, long bytes) {
    var moment = start.length() > 10 ? start : start + "T00:00:00Z";
    return new UsageRecord(
        MASON, subject, Instant.parse(moment), Duration.ofDays(1), bytes, null, null, null);
  }

  static UsageRecord iotx(String subject, String day, long bytes) {
    return new UsageRecord(
        IOTX,
        subject,
        Instant.parse(day + "T00:00:00Z"),
        Duration.ofDays(1),
        bytes,
        null,
        null,
        null);
  }

  static Coverage coverage(String subject, String from, String to, String readAt) {
    return new Coverage(MASON, EU, subject, days(from, to), Instant.parse(readAt));
  }

  static Failure failure(String subject, String from, String to, String kind) {
    return new Failure(
        MASON,
        EU,
        subject,
        days(from, to),
        kind,
        "no such SIM",
        Instant.parse("2026-01-09T00:00:00Z"));
  }

  static Correction correction(String day, long before, long after, String noticedAt) {
    return new Correction(
        MASON, EU, SIM, LocalDate.parse(day), before, after, Instant.parse(noticedAt));
  }

  static DayRange days(String from, String to) {
    return DayRange.of(LocalDate.parse(padded(from)), LocalDate.parse(padded(to)));
  }

  private static String padded(String day) {
    return day.length() == 9 ? day.substring(0, 8) + "0" + day.substring(8) : day;
  }

  interface OtherProgram {
    void run(Connection connection) throws SQLException;
  }

  void otherProgram(OtherProgram program) throws SQLException {
    try (var connection = DriverManager.getConnection(jdbcUrl())) {
      program.run(connection);
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static List<String> query(Connection connection, String sql) throws SQLException {
    var rows = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      while (row.next()) {
        var cells = new ArrayList<String>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          cells.add(row.getString(i));
        }
        rows.add(cells.toString());
      }
    }
    return rows;
  }

  int count(String table) {
    var rows = new ArrayList<String>();
    try {
      otherProgram(connection -> rows.addAll(query(connection, "select count(*) from " + table)));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return Integer.parseInt(rows.get(0).replaceAll("\\D", ""));
  }
}
