package io.simtally.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.store.sum.SubjectUsage;
import io.simtally.fleet.store.sum.SubjectUsage.ReadDays;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tests of the sums and labels of a store, for any database. */
abstract class UsageSumsContract {
  private static final String PROVIDER = "thingspace-m2m";
  private static final String ACCOUNT = "verizon";
  private static final LocalDate FIRST = LocalDate.parse("2026-01-01");

  private UsageStore store;

  abstract String location();

  @BeforeEach
  void open() {
    store = UsageStore.open(location(), Map.of());
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** The ledger of the test adds up each record by itself, in periods of up to four day masks. */
  @Test
  void sumsWhatALedgerSums() {
    var random = new Random(26);
    for (int days : List.of(1, 30, 62, 63, 200)) {
      var account = "account-" + days;
      var records = new ArrayList<UsageRecord>();
      var readings = new ArrayList<Reading>();
      for (int device = 0; device < 40; device++) {
        readings.add(reading(account, subject(device), days, random, records));
      }
      store.write(readings, 3);
      var period = days(10, 10 + days - 1);

      var rows = query(account, period);

      assertThat(rows).extracting(SubjectUsage::subject).isEqualTo(subjects(readings));
      for (var row : rows) {
        var own = records.stream().filter(each -> isOf(each, row.subject(), period)).toList();
        assertThat(row.records()).isEqualTo(own.size());
        assertThat(row.totalBytes()).isEqualTo(sum(own));
        assertThat(row.recordDays()).isEqualTo(recordDays(own, period));
        assertThat(row.isOneRecordADay()).isEqualTo(own.size() == row.recordDays().cardinality());
        if (row.isOneRecordADay() && !own.isEmpty()) {
          assertThat(row.lastBytes()).hasValue(own.get(own.size() - 1).totalBytes());
        }
        for (var bytes : List.of(0L, 999_999L, 3_000_000L, 200_000_000L, 5_000_000_000L)) {
          assertThat(row.recordsOfAtMost(bytes))
              .isGreaterThanOrEqualTo(
                  own.stream().filter(each -> each.totalBytes() <= bytes).count());
        }
      }
      assertThat(dayTotals(account, period)).isEqualTo(dayTotals(records, period));
      assertThat(subjectDays(account, period)).isEqualTo(subjectDays(records, period));
    }
  }

  private List<SubjectUsage> query(String account, DayRange period) {
    try (var rows =
        store.subjectUsage(UsageQuery.days(period).provider(PROVIDER).account(account))) {
      return rows.toList();
    }
  }

  private static Reading reading(
      String account, String subject, int days, Random random, List<UsageRecord> records) {
    var own = new ArrayList<UsageRecord>();
    for (int day = 0; day < days + 20; day++) {
      for (int i = random.nextInt(3); i > 0; i--) {
        own.add(
            usage(
                subject,
                FIRST.plusDays(day),
                i,
                (long) Math.pow(10, random.nextInt(12)) + random.nextInt(1_000),
                random.nextBoolean() ? null : "source-" + random.nextInt(3)));
      }
    }
    own.sort((one, other) -> one.start().compareTo(other.start()));
    records.addAll(own);
    return new Reading(
        PROVIDER, account, subject, days(0, days + 19), Instant.parse("2027-01-01T00:00:00Z"), own);
  }

  private static UsageRecord usage(
      String subject, LocalDate day, int hour, long bytes, String source) {
    return new UsageRecord(
        PROVIDER,
        subject,
        DayRange.of(day).start().plus(Duration.ofHours(hour)),
        Duration.ofHours(1),
        bytes,
        null,
        null,
        source);
  }

  private static String subject(int device) {
    // Code points beyond U+FFFF have another order in UTF-16.
    return device % 7 == 0 ? "😀" + device : device % 5 == 0 ? "\uFF21" + device : "sim" + device;
  }

  private static List<String> subjects(List<Reading> readings) {
    return readings.stream()
        .map(Reading::subject)
        .sorted((one, other) -> compare(one, other))
        .toList();
  }

  private static int compare(String one, String other) {
    return Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());
  }

  private static boolean isOf(UsageRecord record, String subject, DayRange period) {
    return record.subject().equals(subject) && period.contains(record.start());
  }

  private static BigInteger sum(List<UsageRecord> records) {
    return records.stream()
        .map(each -> BigInteger.valueOf(each.totalBytes()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static BitSet recordDays(List<UsageRecord> records, DayRange period) {
    var days = new BitSet();
    records.forEach(
        each ->
            days.set(
                (int) (DayRange.dayOf(each.start()).toEpochDay() - period.from().toEpochDay())));
    return days;
  }

  private Map<LocalDate, BigInteger> dayTotals(String account, DayRange period) {
    var totals = new TreeMap<LocalDate, BigInteger>();
    store
        .dayTotals(UsageQuery.days(period).account(account))
        .forEach(each -> totals.put(each.day(), each.totalBytes()));
    return totals;
  }

  private static Map<LocalDate, BigInteger> dayTotals(List<UsageRecord> records, DayRange period) {
    var totals = new TreeMap<LocalDate, BigInteger>();
    records.stream()
        .filter(each -> period.contains(each.start()))
        .forEach(
            each ->
                totals.merge(
                    DayRange.dayOf(each.start()),
                    BigInteger.valueOf(each.totalBytes()),
                    BigInteger::add));
    return totals;
  }

  private Map<String, String> subjectDays(String account, DayRange period) {
    var days = new HashMap<String, String>();
    try (var rows = store.subjectDays(UsageQuery.days(period).account(account), List.of())) {
      rows.forEach(
          each ->
              days.put(
                  each.subject() + " " + each.day(), each.totalBytes() + " " + each.sources()));
    }
    return days;
  }

  private static Map<String, String> subjectDays(List<UsageRecord> records, DayRange period) {
    var bytes = new HashMap<String, BigInteger>();
    var sources = new HashMap<String, TreeSet<String>>();
    for (var each : records) {
      if (period.contains(each.start())) {
        var day = each.subject() + " " + DayRange.dayOf(each.start());
        bytes.merge(day, BigInteger.valueOf(each.totalBytes()), BigInteger::add);
        var names = sources.computeIfAbsent(day, key -> new TreeSet<>());
        if (each.source() != null) {
          names.add(each.source());
        }
      }
    }
    var days = new HashMap<String, String>();
    bytes.forEach(
        (day, sum) ->
            days.put(
                day, sum + " " + (sources.get(day).size() > 1 ? sources.get(day) : List.of())));
    return days;
  }

  @Test
  void sumsBeyondALong() {
    var records =
        List.of(
            usage("sim", FIRST, 0, Long.MAX_VALUE, null),
            usage("sim", FIRST.plusDays(1), 0, Long.MAX_VALUE, null));
    store.write(List.of(reading("sim", 0, 1, records)), 3);

    var row = query(ACCOUNT, days(0, 1)).get(0);

    assertThat(row.totalBytes()).isEqualTo(BigInteger.valueOf(Long.MAX_VALUE).shiftLeft(1));
    assertThat(row.lastBytes()).hasValue((1L << 53) - 1);
  }

  @Test
  void describesReadingsFailuresAndLabelsWithoutRecords() {
    store.write(
        List.of(
            reading("read", 0, 4, List.of()),
            reading("read", 9, 9, List.of()),
            new Reading(
                PROVIDER,
                "alef",
                UsageStore.ACCOUNT,
                days(0, 4),
                Instant.parse("2026-02-01T10:00:00Z"),
                List.of())),
        3);
    store.writeFailures(
        List.of(
            new Failure(
                PROVIDER,
                ACCOUNT,
                "failed",
                days(0, 0),
                "NOT_FOUND",
                "gone",
                Instant.parse("2026-02-01T00:00:00Z"))));
    store.writeDevices(
        ACCOUNT,
        List.of(
            new StoredDevice(PROVIDER, ACCOUNT, "read", "pump, \"north\"", "site\tA"),
            new StoredDevice(PROVIDER, ACCOUNT, "only listed", "a label", null)));

    var rows = query(ACCOUNT, days(100, 110));

    assertThat(rows).extracting(SubjectUsage::subject).containsExactly("failed", "read");
    var failed = rows.get(0);
    assertThat(failed.hasFailure()).isTrue();
    assertThat(failed.read()).isEmpty();
    assertThat(failed.label()).isNull();
    var read = rows.get(1);
    assertThat(read.hasFailure()).isFalse();
    assertThat(read.records()).isZero();
    assertThat(read.totalBytes()).isZero();
    assertThat(read.lastBytes()).isEmpty();
    assertThat(read.label()).isEqualTo("pump, \"north\"");
    assertThat(read.group()).isEqualTo("site\tA");
    assertThat(read.read())
        .containsExactly(
            new ReadDays(days(0, 4), LocalDate.parse("2026-02-01")),
            new ReadDays(days(9, 9), LocalDate.parse("2026-02-01")));
    assertThat(query("alef", days(0, 4))).as("the account is no subject").isEmpty();
  }

  @Test
  void settlesADayByTheDayOfItsReading() {
    var read = new ReadDays(days(0, 9), LocalDate.parse("2026-01-10"));

    assertThat(read.unsettled(3)).containsExactly(days(6, 9));
    assertThat(read.unsettled(30)).containsExactly(days(0, 9));
    assertThat(new ReadDays(days(0, 5), LocalDate.parse("2026-01-10")).unsettled(3)).isEmpty();
  }

  @Test
  void needsDaysForSubjects() {
    assertThatThrownBy(() -> store.subjectUsage(UsageQuery.all()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("days");
  }

  @Test
  void keepsTheLabelOfADeviceThatLeftTheList() {
    store.writeDevices(ACCOUNT, List.of(device("1", "one", "a"), device("2", "two", null)));
    store.writeDevices(
        "other", List.of(new StoredDevice(PROVIDER, "other", "1", "another one", null)));

    store.writeDevices(
        ACCOUNT, List.of(device("2", null, null), device("3", null, "c"), device("4", null, null)));

    try (var devices = store.devices(UsageQuery.all().account(ACCOUNT))) {
      assertThat(devices)
          .containsExactly(
              device("1", "one", "a"), device("2", null, null), device("3", null, "c"));
    }
    try (var devices = store.devices(UsageQuery.all().account("other"))) {
      assertThat(devices).extracting(StoredDevice::label).containsExactly("another one");
    }
  }

  @Test
  void refusesADeviceOfAnotherAccount() {
    assertThatThrownBy(() -> store.writeDevices("other", List.of(device("1", "one", null))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("device 1 is of account verizon, not other");
    try (var devices = store.devices(UsageQuery.all())) {
      assertThat(devices).isEmpty();
    }
  }

  private static StoredDevice device(String subject, String label, String group) {
    return new StoredDevice(PROVIDER, ACCOUNT, subject, label, group);
  }

  private static Reading reading(String subject, int from, int to, List<UsageRecord> records) {
    return new Reading(
        PROVIDER, ACCOUNT, subject, days(from, to), Instant.parse("2026-02-01T10:00:00Z"), records);
  }

  private static DayRange days(int from, int to) {
    return new DayRange(FIRST.plusDays(from), FIRST.plusDays(to));
  }
}
