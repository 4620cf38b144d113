package io.simtally.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.store.sql.SubjectDay;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Figures as of a moment, for any database. */
abstract class LedgerContract {
  private static final String MASON = StoreContract.MASON;
  private static final String EU = StoreContract.EU;
  private static final String SIM = StoreContract.SIM;

  private UsageStore store;

  /** Returns the name of a store that does not exist yet; it is constant within a test. */
  abstract String location();

  @BeforeEach
  void open() {
    store = UsageStore.open(location(), Map.of());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void computesTheTotalOfADayAsOfAnyMoment() {
    write("2026-01-02T06:00:00Z", 5);
    write("2026-01-03T06:00:00Z", 0);
    write("2026-01-04T06:00:00.000001Z", 9);

    assertThat(asOf("2026-01-02T05:59:59Z")).isEmpty();
    assertThat(coverageAsOf("2026-01-02T05:59:59Z")).isEmpty();
    assertThat(asOf("2026-01-02T06:00:00Z")).containsExactly(5L);
    assertThat(asOf("2026-01-03T05:59:59.999999Z")).containsExactly(5L);
    assertThat(asOf("2026-01-03T06:00:00Z")).as("zero, and known").isEmpty();
    assertThat(coverageAsOf("2026-01-03T06:00:00Z"))
        .containsExactly(
            StoreContract.coverage(SIM, "2026-01-01", "2026-01-01", "2026-01-02T06:00:00Z"));
    assertThat(asOf("2026-01-04T06:00:00Z")).isEmpty();
    assertThat(asOf("2026-01-04T06:00:00.000001Z")).containsExactly(9L);
    assertThat(coverageAsOf("2026-01-05T06:00:00Z"))
        .extracting(Coverage::readAt)
        .containsExactly(Instant.parse("2026-01-04T06:00:00.000001Z"));
  }

  @Test
  void keepsTheOrderOfWritesIfAReadingIsWrittenLate() {
    write("2026-01-02T06:00:00Z", 5);
    write("2026-01-04T06:00:00Z", 7);
    write("2026-01-03T06:00:00Z", 9);
    write("2026-01-01T06:00:00Z", 4);

    assertThat(asOf("2026-01-02T06:00:00Z")).containsExactly(5L);
    assertThat(asOf("2026-01-03T06:00:00Z")).containsExactly(5L);
    assertThat(asOf("2026-01-04T06:00:00Z")).containsExactly(4L);
    try (var rows = store.corrections(UsageQuery.all())) {
      assertThat(rows).extracting(Correction::noticedAt).isSorted().hasSize(3);
    }
  }

  @Test
  void addsOneRowOfFirstReadingsForAllDevicesOfADay() throws Exception {
    for (var device : List.of("a", "b", "c")) {
      write(reading(device, "2026-01-01", "2026-01-03", "2026-01-04T06:00:00Z"));
    }
    write(reading("d", "2026-01-01", "2026-01-03", "2026-01-09T06:00:00Z"));

    assertThat(known("2026-01-04T06:00:00Z")).containsExactly("a", "b", "c");
    assertThat(known("2026-01-09T06:00:00Z")).containsExactly("a", "b", "c", "d");
    assertThat(rowsOfFirstReadings()).isEqualTo(2);
  }

  /** Returns the number of rows in the table of first readings. */
  abstract int rowsOfFirstReadings() throws Exception;

  @Test
  void selectsCorrectionsUpToAMomentAndRefusesRecordsAndFailures() {
    write("2026-01-02T06:00:00Z", 5);
    write("2026-01-03T06:00:00Z", 6);
    write("2026-01-04T06:00:00Z", 7);
    var query = UsageQuery.all().asOf(Instant.parse("2026-01-03T06:00:00Z"));

    assertThat(store.corrections(query)).extracting(Correction::afterBytes).containsExactly(6L);
    assertThatThrownBy(() -> store.usageRecords(query))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the store has no usage records as of an earlier moment, only the totals of days; query"
                + " dailyUsage");
    assertThatThrownBy(() -> store.failures(query)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> UsageQuery.all().asOf(null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keepsTheFiguresOfAClosedPeriodThoughAReadingFromBeforeItIsWrittenLater() {
    write("2026-01-02T06:00:00Z", 5);
    var closed =
        new ClosedPeriod(
            EU,
            StoreContract.days("2026-01-01", "2026-01-01"),
            Instant.parse("2026-02-01T00:00:00Z"),
            5);
    store.closePeriods(List.of(EU), reader -> Map.of(closed, List.of()));

    write("2026-01-31T23:00:00Z", 8);
    write(
        reading(
            "new",
            "2026-01-01",
            "2026-01-01",
            "2026-01-31T23:00:00Z",
            StoreContract.usage("new", "2026-01-01", 3)));

    assertThat(asOf("2026-02-01T00:00:00Z")).containsExactly(5L);
    var after = closed.closedAt().plus(1, ChronoUnit.MICROS);
    try (var late = store.lateCorrections(closed)) {
      assertThat(late)
          .containsExactly(
              StoreContract.correction("2026-01-01", 5, 8, after.toString()),
              new Correction(MASON, EU, "new", LocalDate.parse("2026-01-01"), 0, 3, after));
    }
    assertThat(store.closedPeriods()).containsExactly(closed);
    assertThatThrownBy(() -> store.closePeriods(List.of(EU), reader -> Map.of(closed, List.of())))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is closed already");
  }

  /** What was known at a moment: the bytes of each known day of a subject or of the account. */
  private record Truth(Instant at, Map<SubjectDay, Long> bytes, TreeSet<String> known) {}

  @Test
  void equalsTheTruthOfEveryMoment() {
    var random = new Random(25);
    var truth = new ArrayList<Truth>();
    var bytes = new HashMap<SubjectDay, Long>();
    var known = new TreeSet<String>();
    var now = Instant.parse("2026-01-20T00:00:00Z");
    for (int step = 0; step < steps(); step++) {
      now = now.plusSeconds(random.nextInt(4) * 600L);
      var readings = new ArrayList<Reading>();
      for (int i = random.nextInt(4); i > 0; i--) {
        var reading = reading(random, now, step > steps() / 2);
        readings.add(reading);
        apply(reading, bytes, known);
      }
      store.write(readings, 3);
      truth.add(new Truth(now, Map.copyOf(bytes), new TreeSet<>(known)));
    }
    for (int i = 0; i < truth.size(); i++) {
      // Writes of one moment count together.
      if (i == truth.size() - 1 || truth.get(i + 1).at().isAfter(truth.get(i).at())) {
        assertHolds(truth.get(i), truth.get(i).at().plusSeconds(random.nextInt(600)));
      }
    }
    assertThat(coverageAsOf("2026-01-19T00:00:00Z")).isEmpty();
  }

  abstract int steps();

  private static Reading reading(Random random, Instant now, boolean isOfAccount) {
    var from = LocalDate.parse("2026-01-01").plusDays(random.nextInt(10));
    var days = DayRange.of(from, from.plusDays(random.nextInt(5)));
    var subject =
        isOfAccount && random.nextBoolean()
            ? UsageStore.ACCOUNT
            : "abcd".charAt(random.nextInt(4)) + "";
    var records = new ArrayList<UsageRecord>();
    for (var of : subject.equals(UsageStore.ACCOUNT) ? List.of("a", "b", "e") : List.of(subject)) {
      for (var day : days.each()) {
        for (int i = random.nextInt(3); i > 0; i--) {
          records.add(
              new UsageRecord(
                  MASON,
                  of,
                  DayRange.of(day).start().plusSeconds(3_600L * i),
                  Duration.ofHours(1),
                  random.nextInt(3),
                  null,
                  null,
                  null));
        }
      }
    }
    return new Reading(MASON, EU, subject, days, now, records);
  }

  private static void apply(Reading reading, Map<SubjectDay, Long> bytes, TreeSet<String> known) {
    for (var day : reading.days().each()) {
      bytes
          .keySet()
          .removeIf(
              each ->
                  each.day().equals(day)
                      && (reading.subject().equals(UsageStore.ACCOUNT)
                          || each.subject().equals(reading.subject())));
      known.add(reading.subject() + " " + day);
    }
    for (var usage : reading.records()) {
      bytes.merge(
          new SubjectDay(usage.subject(), DayRange.dayOf(usage.start())),
          usage.totalBytes(),
          Long::sum);
    }
    bytes.values().removeIf(each -> each == 0);
  }

  private void assertHolds(Truth truth, Instant moment) {
    var at = truth.at().until(moment, ChronoUnit.SECONDS) < 600 ? moment : truth.at();
    var query = UsageQuery.all().asOf(at);
    var figures = new HashMap<SubjectDay, Long>();
    try (var rows = store.dailyUsage(query)) {
      rows.forEach(
          each -> figures.put(new SubjectDay(each.subject(), each.day()), each.totalBytes()));
    }
    assertThat(figures).as("as of %s", at).isEqualTo(truth.bytes());
    var days = new TreeSet<String>();
    try (var rows = store.coverage(query)) {
      rows.forEach(
          each -> {
            assertThat(each.readAt()).isBeforeOrEqualTo(at);
            each.days()
                .each()
                .forEach(day -> assertThat(days.add(each.subject() + " " + day)).isTrue());
          });
    }
    // A day that the account has read is known, whether or not the device has read it too.
    var known = new TreeSet<>(truth.known());
    for (var set : List.of(days, known)) {
      set.removeIf(
          each -> !each.startsWith("*") && truth.known().contains("*" + each.substring(1)));
    }
    assertThat(days).as("as of %s", at).isEqualTo(known);
    var months = new TreeMap<YearMonth, BigInteger>();
    truth
        .bytes()
        .forEach(
            (day, of) ->
                months.merge(YearMonth.from(day.day()), BigInteger.valueOf(of), BigInteger::add));
    assertThat(store.monthlyUsage(query))
        .extracting(MonthlyUsage::totalBytes)
        .containsExactlyElementsOf(months.values());
  }

  private void write(String readAt, long bytes) {
    write(
        reading(
            SIM,
            "2026-01-01",
            "2026-01-01",
            readAt,
            bytes == 0
                ? new UsageRecord[0]
                : new UsageRecord[] {StoreContract.usage(SIM, "2026-01-01", bytes)}));
  }

  private static Reading reading(
      String subject, String from, String to, String readAt, UsageRecord... records) {
    return StoreContract.reading(subject, from, to, readAt, records);
  }

  private void write(Reading reading) {
    store.write(List.of(reading), 3);
  }

  private List<Long> asOf(String moment) {
    try (var rows = store.dailyUsage(UsageQuery.all().asOf(Instant.parse(moment)))) {
      return rows.map(DailyUsage::totalBytes).toList();
    }
  }

  private List<Coverage> coverageAsOf(String moment) {
    try (var rows = store.coverage(UsageQuery.all().asOf(Instant.parse(moment)))) {
      return rows.toList();
    }
  }

  private List<String> known(String moment) {
    return coverageAsOf(moment).stream()
        .peek(each -> assertThat(each.days().days()).isEqualTo(3))
        .map(Coverage::subject)
        .toList();
  }
}
