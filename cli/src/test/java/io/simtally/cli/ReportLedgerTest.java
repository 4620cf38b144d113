package io.simtally.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.JsonReader;
import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.store.Failure;
import io.simtally.fleet.store.Reading;
import io.simtally.fleet.store.StoredDevice;
import io.simtally.fleet.store.UsageStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import okio.Buffer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares every figure of a report with a ledger that the test adds up for itself, under random
 * gaps, failures and corrections.
 */
final class ReportLedgerTest {
  private static final String MASON = "mason-usage";
  private static final LocalDate FIRST = LocalDate.parse("2026-02-20");
  private static final int DAYS = 20;
  private static final Instant NOW = Instant.parse("2026-03-12T10:00:00Z");

  @TempDir private Path directory;

  /** What the carrier told of one device: the bytes of each day that was read. */
  private static final class Ledger {
    final String subject;
    final Map<LocalDate, Long> bytes = new HashMap<>();
    final Set<LocalDate> unsettled = new HashSet<>();
    boolean failed;

    Ledger(String subject) {
      this.subject = subject;
    }

    long total(DayRange days) {
      return days.each().stream().mapToLong(day -> bytes.getOrDefault(day, 0L)).sum();
    }

    long unknown(DayRange days) {
      return days.each().stream().filter(day -> !bytes.containsKey(day)).count();
    }

    long unsettled(DayRange days) {
      return days.each().stream().filter(unsettled::contains).count();
    }

    boolean isIdle(DayRange days) {
      return unknown(days) == 0 && total(days) == 0;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void textPageJsonAndFilesEqualTheLedger(long seed) throws IOException {
    var random = new Random(seed);
    var ledgers = new ArrayList<Ledger>();
    try (var store = UsageStore.open(store(), Map.of())) {
      for (int device = 0; device < 30; device++) {
        ledgers.add(fill(store, String.format(Locale.ROOT, "891480000008007%05d", device), random));
      }
      store.writeDevices(
          MASON,
          List.of(new StoredDevice(MASON, MASON, ledgers.get(0).subject, "<pump> & =1", "site")));
    }
    var period = new DayRange(FIRST.plusDays(2), FIRST.plusDays(DAYS - 2));

    var run = report("--from", period.from().toString(), "--to", period.to().toString());

    var total = ledgers.stream().mapToLong(each -> each.total(period)).sum();
    var unknown = ledgers.stream().mapToLong(each -> each.unknown(period)).sum();
    var unsettled = ledgers.stream().mapToLong(each -> each.unsettled(period)).sum();
    var idle = ledgers.stream().filter(each -> each.isIdle(period)).count();
    var exact = String.format(Locale.ROOT, "%,d bytes", total);
    assertThat(run.exitCode()).isEqualTo(unknown > 0 ? 1 : 0);
    assertThat(run.out())
        .contains("(" + exact + ")")
        .contains(String.format(Locale.ROOT, "%,d of %,d days", unknown, 30 * period.days()));
    assertThat(html())
        .contains("<dt>Total</dt><dd title=\"" + exact + "\">")
        .contains("<dt>Unknown days</dt><dd>" + String.format(Locale.ROOT, "%,d", unknown))
        .contains("<dt>Days not settled</dt><dd>" + String.format(Locale.ROOT, "%,d", unsettled))
        .contains("<dt>Idle devices</dt><dd>" + idle + "</dd>");
    checkDevices(ledgers, period);
    checkPage(ledgers, period);
    checkJson(ledgers, period);
    assertThat(
            csv("fleet-report.csv").stream()
                .map(row -> row.get("total_bytes"))
                .filter(cell -> !cell.isEmpty())
                .mapToLong(Long::parseLong)
                .sum())
        .isEqualTo(total);
    assertThat(
            csv("fleet-report.csv").stream()
                .filter(row -> row.get("total_bytes").isEmpty())
                .mapToLong(row -> Duration.parse(row.get("period")).toDays())
                .sum())
        .isEqualTo(unknown);
  }

  private Ledger fill(UsageStore store, String subject, Random random) {
    var ledger = new Ledger(subject);
    var isSilent = random.nextInt(5) == 0;
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      var from = times == 1 && random.nextBoolean() ? 0 : random.nextInt(DAYS);
      var days = new DayRange(FIRST.plusDays(from), FIRST.plusDays(DAYS - 1L));
      var readAt = Instant.parse("2026-03-12T00:30:00Z").minusSeconds(60L * times);
      var records = new ArrayList<UsageRecord>();
      for (var day : days.each()) {
        ledger.bytes.put(day, 0L);
        for (int i = isSilent ? 0 : random.nextInt(3); i > 0; i--) {
          var bytes = random.nextLong(3_000_000_000L);
          ledger.bytes.merge(day, bytes, Long::sum);
          records.add(
              new UsageRecord(
                  MASON,
                  subject,
                  DayRange.of(day).start().plusSeconds(i),
                  Duration.ofHours(1),
                  bytes,
                  null,
                  null,
                  random.nextBoolean() ? "A" : null));
        }
        if (!day.isBefore(LocalDate.parse("2026-03-09"))) {
          ledger.unsettled.add(day);
        }
      }
      store.write(List.of(new Reading(MASON, MASON, subject, days, readAt, records)), 2);
    }
    if (random.nextInt(4) == 0 && !ledger.bytes.containsKey(FIRST.plusDays(3))) {
      ledger.failed = true;
      store.writeFailures(
          List.of(
              new Failure(
                  MASON,
                  MASON,
                  subject,
                  DayRange.of(FIRST.plusDays(3)),
                  "NOT_FOUND",
                  subject + " is gone",
                  Instant.parse("2026-03-12T01:00:00Z"))));
    }
    return ledger;
  }

  private void checkDevices(List<Ledger> ledgers, DayRange period) throws IOException {
    var rows = csv("fleet-devices.csv");
    assertThat(rows).hasSize(ledgers.size());
    for (int i = 0; i < rows.size(); i++) {
      var row = rows.get(i);
      var ledger = ledgers.get(i);
      var isUnknown = ledger.unknown(period) == period.days();
      assertThat(row.get("subject")).isEqualTo("=\"" + ledger.subject + "\"");
      assertThat(row.get("total_bytes"))
          .isEqualTo(isUnknown ? "" : String.valueOf(ledger.total(period)));
      assertThat(row.get("unknown_days")).isEqualTo(String.valueOf(ledger.unknown(period)));
      assertThat(row.get("unsettled_days")).isEqualTo(String.valueOf(ledger.unsettled(period)));
      assertThat(row.get("idle")).isEqualTo(String.valueOf(ledger.isIdle(period)));
      assertThat(row.get("label")).isEqualTo(i == 0 ? "<pump> & =1" : "");
    }
  }

  private void checkPage(List<Ledger> ledgers, DayRange period) throws IOException {
    var data = object(json(pageData()), "devices");
    var rows = list(data, "rows");
    var days = list(data, "days");
    assertThat(rows).hasSize(ledgers.size());
    assertThat(days).hasSize(ledgers.size());
    for (int i = 0; i < rows.size(); i++) {
      var cells = (List<?>) Objects.requireNonNull(rows.get(i));
      var ledger =
          ledgers.stream()
              .filter(each -> each.subject.equals(cells.get(0)))
              .findFirst()
              .orElseThrow();
      assertThat(cells.get(4)).isEqualTo((double) ledger.total(period));
      var byDay = String.valueOf(days.get(i)).split(",", -1);
      var each = period.each();
      for (int day = 0; day < each.size() && byDay.length > 1; day++) {
        assertThat(byDay[day].isEmpty() ? 0 : Long.parseLong(byDay[day]))
            .isEqualTo(ledger.bytes.getOrDefault(each.get(day), 0L));
      }
    }
  }

  private void checkJson(List<Ledger> ledgers, DayRange period) throws IOException {
    var report = json(Files.readString(directory.resolve("report.json")));
    assertThat(report.get("total_bytes"))
        .isEqualTo((double) ledgers.stream().mapToLong(each -> each.total(period)).sum());
    assertThat(report.get("unknown_days"))
        .isEqualTo((double) ledgers.stream().mapToLong(each -> each.unknown(period)).sum());
    var account = (Map<?, ?>) Objects.requireNonNull(list(report, "accounts").get(0));
    assertThat(account.get("failed_devices"))
        .isEqualTo((double) ledgers.stream().filter(each -> each.failed).count());
    var days = (List<?>) Objects.requireNonNull(account.get("days"));
    var each = period.each();
    for (int i = 0; i < each.size(); i++) {
      var day = each.get(i);
      var row = (Map<?, ?>) Objects.requireNonNull(days.get(i));
      assertThat(row.get("day")).isEqualTo(day.toString());
      assertThat(row.get("total_bytes"))
          .isEqualTo((double) ledgers.stream().mapToLong(l -> l.bytes.getOrDefault(day, 0L)).sum());
      assertThat(row.get("unknown_devices"))
          .isEqualTo((double) ledgers.stream().filter(l -> !l.bytes.containsKey(day)).count());
      assertThat(row.get("unsettled_devices"))
          .isEqualTo((double) ledgers.stream().filter(l -> l.unsettled.contains(day)).count());
    }
    var cycle = (Map<?, ?>) Objects.requireNonNull(list(report, "cycles").get(0));
    var march = new DayRange(LocalDate.parse("2026-03-01"), period.to());
    assertThat(cycle.get("total_bytes"))
        .isEqualTo((double) ledgers.stream().mapToLong(l -> l.total(march)).sum());
    assertThat(cycle.get("unknown_days"))
        .isEqualTo((double) ledgers.stream().mapToLong(l -> l.unknown(march)).sum());
  }

  @Test
  void reportsTheCycleOfAnAccountWithItsPool() throws IOException {
    var config =
        config(
            """
            [accounts.mason-eu]
            provider = "mason-usage"
            api_key = "${KEY}"
            cycle_day = 5
            pool = "10 kB"
            """);
    try (var store = UsageStore.open(store(), Map.of())) {
      var days = new DayRange(LocalDate.parse("2026-01-05"), LocalDate.parse("2026-03-11"));
      var records = new ArrayList<UsageRecord>();
      for (var day : days.each()) {
        records.add(
            new UsageRecord(
                MASON,
                "sim",
                DayRange.of(day).start(),
                Duration.ofDays(1),
                day.getMonthValue() == 3 ? 1_000 : 100,
                null,
                null,
                null));
      }
      store.write(List.of(new Reading(MASON, "mason-eu", "sim", days, NOW, records)), 3);
    }

    var run = report("--config", config.toString(), "--cycle", "2026-03");

    assertThat(run.err()).isEmpty();
    // 7 days of 1,000 bytes; before: 24 days of February and 4 of March.
    assertThat(run.out()).contains("Fleet usage from 2026-03-05 to 2026-03-11");
    assertThat(run.out().lines())
        .anyMatch(line -> line.matches("  mason-eu +2026-03-05, 03-11 +7.0 kB +70.0 % +6.4 kB"));
    assertThat(html()).contains("2026-03-05 to 2026-04-04").contains("70.0 %");
    var cycle =
        (Map<?, ?>)
            Objects.requireNonNull(
                list(json(Files.readString(directory.resolve("report.json"))), "cycles").get(0));
    assertThat(cycle.get("pool_bytes")).isEqualTo(10_000.0);
    assertThat(cycle.get("total_bytes")).isEqualTo(7_000.0);
    assertThat(cycle.get("cycle_before_bytes")).isEqualTo(6_400.0);
  }

  @Test
  void forecastsTheCycleOfADeviceWithConstantUsage() throws IOException {
    var config =
        config(
            """
            [accounts.mason-eu]
            provider = "mason-usage"
            api_key = "${KEY}"
            cycle_day = 5
            """);
    try (var store = UsageStore.open(store(), Map.of())) {
      var days = new DayRange(LocalDate.parse("2026-01-05"), LocalDate.parse("2026-03-11"));
      var records =
          days.each().stream().map(day -> UsageRecord.ofDay(MASON, "sim", day, 1_000)).toList();
      store.write(List.of(new Reading(MASON, "mason-eu", "sim", days, NOW, records)), 3);
    }

    var run = report("--config", config.toString(), "--cycle", "2026-03");

    // The cycle has 31 days, from 5 March to 4 April.
    var words = "31.0 kB by 2026-04-04 (80 % interval: 31.0 kB to 31.0 kB)";
    assertThat(run.out()).contains("    forecast: " + words);
    assertThat(html()).contains("forecast: " + words);
    var cycle =
        (Map<?, ?>)
            Objects.requireNonNull(
                list(json(Files.readString(directory.resolve("report.json"))), "cycles").get(0));
    assertThat(cycle.get("forecast_bytes")).isEqualTo(31_000.0);
  }

  @Test
  void refusesACycleThatDiffersFromAccountToAccount() throws IOException {
    var config =
        config(
            """
            [accounts.a]
            provider = "mason-usage"
            api_key = "${KEY}"
            cycle_day = 5
            [accounts.b]
            provider = "mason-usage"
            api_key = "${KEY}"
            """);
    UsageStore.open(store(), Map.of()).close();

    var run = report("--config", config.toString(), "--cycle", "2026-02");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains(
            "the accounts have different billing cycles (b: from 2026-02-01 to 2026-02-28;"
                + " a: from 2026-02-05 to 2026-03-04); add --account");

    assertThat(report("--cycle", "2026-04").err()).contains("has no whole day yet");
    assertThat(report("--cycle", "2026-02", "--days", "3").err())
        .contains("--cycle excludes --from, --to and --days");
  }

  private Path config(String accounts) throws IOException {
    return Files.writeString(directory.resolve("simtally.toml"), accounts);
  }

  @Test
  void listsCorrectionsOfThePeriod() throws IOException {
    try (var store = UsageStore.open(store(), Map.of())) {
      for (var bytes : List.of(100L, 250L, 175L)) {
        store.write(
            List.of(
                new Reading(
                    MASON,
                    MASON,
                    "sim",
                    DayRange.of(FIRST),
                    NOW,
                    List.of(
                        new UsageRecord(
                            MASON,
                            "sim",
                            DayRange.of(FIRST).start(),
                            Duration.ofDays(1),
                            bytes,
                            null,
                            null,
                            null)))),
            3);
      }
    }

    report("--from", FIRST.toString(), "--to", FIRST.toString());

    assertThat(html()).contains("Later readings changed 1 day of devices by +75 B in all.");
    var account =
        (Map<?, ?>)
            Objects.requireNonNull(
                list(json(Files.readString(directory.resolve("report.json"))), "accounts").get(0));
    var corrections = (Map<?, ?>) Objects.requireNonNull(account.get("corrections"));
    assertThat(corrections.get("days")).isEqualTo(1.0);
    assertThat(corrections.get("bytes")).isEqualTo(75.0);
  }

  private CommandRun report(String... more) {
    var arguments =
        new ArrayList<>(
            List.of(
                "report",
                "--store",
                store(),
                "--out",
                directory.toString(),
                "--json",
                directory.resolve("report.json").toString()));
    arguments.addAll(List.of(more));
    return CommandRun.of(
        Map.of("KEY", "a-key"), Clock.fixed(NOW, ZoneOffset.UTC), arguments.toArray(String[]::new));
  }

  private String store() {
    return directory.resolve("store.duckdb").toString();
  }

  private String html() throws IOException {
    return Files.readString(directory.resolve("fleet-report.html"));
  }

  private String pageData() throws IOException {
    return Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>")
        .matcher(html())
        .results()
        .findFirst()
        .orElseThrow()
        .group(1);
  }

  private List<CSVRecord> csv(String name) throws IOException {
    try (var file = Files.newBufferedReader(directory.resolve(name))) {
      return CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .get()
          .parse(file)
          .getRecords();
    }
  }

  private static Map<?, ?> json(String text) throws IOException {
    return (Map<?, ?>)
        Objects.requireNonNull(JsonReader.of(new Buffer().writeUtf8(text)).readJsonValue());
  }

  private static Map<?, ?> object(Map<?, ?> json, String name) {
    return (Map<?, ?>) Objects.requireNonNull(json.get(name));
  }

  private static List<?> list(Map<?, ?> json, String name) {
    return (List<?>) Objects.requireNonNull(json.get(name));
  }
}
