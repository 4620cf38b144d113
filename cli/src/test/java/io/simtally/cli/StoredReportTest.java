package io.simtally.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.store.Failure;
import io.simtally.fleet.store.Origin;
import io.simtally.fleet.store.Reading;
import io.simtally.fleet.store.UsageStore;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks reports of known stores: each figure is either exact or shown as unknown. */
final class StoredReportTest {
  private static final String M2M = "thingspace-m2m";
  private static final String HYPER_PRECISE = "thingspace-hyperprecise";
  private static final String MASON = "mason-usage";
  private static final Instant NOW = Instant.parse("2026-04-20T10:00:00Z");
  private static final Instant FAILED = Instant.parse("2026-04-15T00:00:00Z");
  private static final Instant READ = Instant.parse("2026-04-20T00:00:00Z");

  @TempDir private Path directory;

  @Test
  void namesTheGapBetweenTwoReadings() throws IOException {
    write(read(M2M, "354394080001231", "2026-03-01", "2026-03-03", 5_000_035));
    write(read(M2M, "354394080001231", "2026-03-07", "2026-03-10", 5_000_035));

    CommandRun run = report("2026-03-01", "2026-03-10");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualToNormalizingNewlines(
            "error: ThingSpace M2M: 3 of 10 days of devices are unknown; read them with: simtally"
                + " sync --store "
                + store()
                + " --devices FILE --from 2026-03-04 --to 2026-03-06\n");
    String unknown = "3 of 10 days of devices are unknown, not zero (1 of 1 device).";
    assertThat(words(run)).contains("INCOMPLETE: " + unknown).contains("(35,000,245 bytes)");
    assertThat(run.out().lines()).anyMatch(line -> line.matches(" +1 +354394080001231 .* 3 days"));
    assertThat(html()).contains(unknown).contains("35,000,245 bytes").contains(">unknown<");
    assertThat(unknownRows())
        .extracting(row -> row.get("start") + " " + row.get("period") + " " + row.get("source"))
        .containsExactly("2026-03-04T00:00:00Z PT72H unknown");
    assertThat(csvTotal()).isEqualTo(35_000_245);
  }

  @Test
  void aDayThatWasReadWithoutARecordIsZero() throws IOException {
    write(read(M2M, "354394080001231", "2026-03-01", "2026-03-10", 0));

    CommandRun run = report("2026-03-01", "2026-03-10");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("(0 bytes)").doesNotContain("nknown");
    assertThat(html()).contains("<dt>Unknown days</dt><dd>0</dd>");
    assertThat(csv()).isEmpty();
  }

  @Test
  void namesADeviceThatWasAddedLaterAndOneThatWasNeverRead() throws IOException {
    write(read(M2M, "354394080001231", "2026-03-01", "2026-03-10", 1_000));
    write(read(M2M, "354394080001232", "2026-03-08", "2026-03-10", 1_000));
    write(read(M2M, "354394080001233", "2026-03-10", "2026-03-10", 7));
    Path devices =
        devices(
            "carrier,kind,id\n"
                + "thingspace-m2m,imei,354394080001231\n"
                + "thingspace-m2m,imei,354394080001232\n"
                + "thingspace-m2m,imei,354394080001239\n");

    CommandRun run = report("2026-03-01", "2026-03-10", "--devices", devices.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(words(run))
        .contains("17 of 30 days of devices are unknown, not zero (2 of 3 devices).")
        .contains("(13,007 bytes)");
    assertThat(run.err()).contains("--devices " + devices + " --from 2026-03-01 --to 2026-03-10");
    assertThat(unknownRows())
        .extracting(row -> row.get("subject") + " " + row.get("start") + " " + row.get("period"))
        .containsExactly(
            "=\"354394080001232\" 2026-03-01T00:00:00Z PT168H",
            "=\"354394080001239\" 2026-03-01T00:00:00Z PT240H");
  }

  @Test
  void showsACarrierThatWasNeverReadAsUnknownAndNotAsZero() throws IOException {
    write(read(M2M, "354394080001231", "2026-03-01", "2026-03-10", 1_000));

    CommandRun run =
        CommandRun.of(
            Map.of("MASON_API_KEY", "a-key"), clock(), arguments("2026-03-01", "2026-03-10"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("error: Mason: 10 of 10 days of the account are unknown;");
    assertThat(run.out().lines())
        .anyMatch(line -> line.matches("  Mason +0 +0 +unknown +10"))
        .anyMatch(line -> line.matches("  ThingSpace M2M +1 +10 +10.0 kB"))
        .anyMatch(line -> line.matches("  All carriers +1 +10 +10.0 kB +10"))
        .allMatch(line -> line.length() <= 100);
    assertThat(html()).contains("Mason is incomplete.");
    assertThat(unknownRows())
        .extracting(row -> row.get("provider") + " " + row.get("subject"))
        .containsExactly("mason-usage *");
  }

  @Test
  void aPeriodWithNothingStoredIsUnknown() throws IOException {
    write(read(M2M, "354394080001231", "2026-03-01", "2026-03-10", 1_000));

    CommandRun run = report("2026-01-01", "2026-01-31");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("31 of 31 days of devices are unknown")
        .contains(" --devices FILE --from 2026-01-01 --to 2026-01-31");
    assertThat(run.out().lines()).anyMatch(line -> line.matches("  Total +unknown"));
    assertThat(html()).contains("<dt>Total</dt><dd title=\"unknown\">").doesNotContain(">0 B<");
    assertThat(unknownRows()).hasSize(1);
  }

  /** /dev/full is a disk without space. */
  @ParameterizedTest
  @ValueSource(strings = {"fleet-report.html", "fleet-report.csv"})
  @EnabledOnOs(OS.LINUX)
  void saysThatTheDiskIsFull(String file) throws IOException {
    write(read(M2M, "354394080001231", "2026-03-01", "2026-03-10", 1_000));
    Files.createSymbolicLink(directory.resolve(file), Path.of("/dev/full"));

    CommandRun run = report("2026-03-01", "2026-03-10");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("error: cannot write " + directory.resolve(file) + ": IOException No space")
        .hasLineCount(1);
  }

  @Test
  void anEmptyStoreIsNotAFleetWithoutUsage() {
    open().close();

    CommandRun run = report("2026-03-01", "2026-03-10");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("nothing is known");
    assertThat(run.out()).doesNotContain("0 B").contains("no files were written");
  }

  @Test
  void reportsTheNumberOfUnknownDaysOfAMonth() throws IOException {
    write(read(M2M, "354394080001231", "2026-01-29", "2026-01-31", 1_000));
    write(read(M2M, "354394080001231", "2026-03-01", "2026-04-19", 1_000));

    CommandRun run = report("2026-04-01", "2026-04-19");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .anyMatch(line -> line.matches("  ThingSpace M2M +2026-01 +1 +3.0 kB +28"))
        .anyMatch(line -> line.matches("  ThingSpace M2M +2026-02 +0 +unknown +28"))
        .anyMatch(line -> line.matches("  ThingSpace M2M +2026-03 +1 +31.0 kB"))
        .as("the days after yesterday are not unknown")
        .anyMatch(line -> line.matches("  ThingSpace M2M +2026-04 +1 +19.0 kB"));
    assertThat(html().replaceAll("\\s+", " "))
        .contains(
            "<span class=\"bytes\">3,000 bytes</span> <span class=\"quiet below\">1 device, unknown: 28 days</span>")
        .contains("data-column=\"2026-02\" title=\"unknown\">")
        .contains(
            "<span class=\"bytes\">31,000 bytes</span> <span class=\"quiet below\">1 device</span>");
  }

  @Test
  void skipsHyperPreciseOnlyOnDaysOfM2m() throws IOException {
    String device = "354394080001231";
    List<UsageRecord> sessions = new ArrayList<>();
    for (int day = 1; day <= 20; day++) {
      sessions.add(
          usage(HYPER_PRECISE, device, String.format(Locale.ROOT, "2026-03-%02d", day), 400));
    }
    write(reading(HYPER_PRECISE, device, "2026-03-01", "2026-03-20", sessions));
    write(read(M2M, device, "2026-03-05", "2026-03-05", 1_019));

    CommandRun run = report("2026-03-01", "2026-03-20");

    // 19 days of Hyper-Precise and one of M2M.
    String total = "8,619 bytes";
    assertThat(html()).contains("<dt>Total</dt><dd title=\"" + total + "\">");
    assertThat(csvTotal()).isEqualTo(8_619);
    assertThat(words(run)).contains("leaves out 400 B of this carrier.");
    assertThat(csv().stream().filter(row -> row.get("in_total").equals("false")))
        .extracting(row -> row.get("start").substring(0, 10) + " " + row.get("total_bytes"))
        .contains("2026-03-05 400")
        .doesNotContain("2026-03-04 400");
    assertThat(run.err()).contains("ThingSpace M2M: 19 of 20 days of devices are unknown");
  }

  @Test
  void countsSessionsOnDaysWithoutM2mUsage() throws IOException {
    String device = "354394080001231";
    write(read(HYPER_PRECISE, device, "2026-03-01", "2026-03-02", 400));
    write(
        reading(
            M2M,
            device,
            "2026-03-01",
            "2026-03-02",
            List.of(usage(M2M, device, "2026-03-02", 1_000))));

    CommandRun run = report("2026-03-01", "2026-03-02");

    assertThat(run.exitCode()).isZero();
    assertThat(csvTotal()).isEqualTo(1_400);
    assertThat(html()).contains("<dt>Total</dt><dd title=\"1,400 bytes\">");
    assertThat(words(run))
        .contains(
            "ThingSpace M2M reports no usage on 1 day of devices on which ThingSpace Hyper-Precise"
                + " reports 400 B. The total counts these bytes; check them with the carrier.");
  }

  @Test
  void countsAFailedDeviceOnceAndGroupsEqualMessages() throws IOException {
    List<Failure> failures = new ArrayList<>();
    for (int device = 0; device < 300; device++) {
      for (String day : List.of("2026-03-01", "2026-03-03")) {
        failures.add(
            failure(
                M2M, String.format(Locale.ROOT, "imei-%03d", device), day, "the device is gone"));
      }
    }
    write(read(M2M, "354394080001231", "2026-03-01", "2026-03-03", 1_000));
    try (UsageStore store = open()) {
      store.writeFailures(failures);
    }

    CommandRun run = report("2026-03-01", "2026-03-03");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("300 of 301 devices could not be read").hasLineCount(1);
    String group = "300 devices (imei-000, imei-001, imei-002, ...): the device is gone";
    assertThat(words(run)).containsOnlyOnce(group);
    assertThat(html()).containsOnlyOnce("the device is gone").contains("<li>" + group + "</li>");
    assertThat(unknownRows()).hasSize(300);
  }

  @Test
  void aDeviceIsNoFailureAfterItsDaysWereRead() {
    try (UsageStore store = open()) {
      store.writeFailures(List.of(failure(M2M, "354394080001231", "2026-03-02", "too slow")));
    }
    write(read(M2M, "354394080001231", "2026-03-01", "2026-03-03", 1_000));

    CommandRun run = report("2026-03-01", "2026-03-03");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out() + run.err()).doesNotContain("too slow");
  }

  @ParameterizedTest
  @ValueSource(strings = {"354394080001231", UsageStore.ACCOUNT})
  void aFailureThatIsStoredAfterALaterReadingIsClosed(String read) {
    write(read(M2M, "354394080001231", "2026-03-01", "2026-03-01", 1_000));
    write(read(M2M, read, "2026-03-02", "2026-03-03", 1_000));
    try (UsageStore store = open()) {
      store.writeFailures(List.of(failure(M2M, "354394080001231", "2026-03-02", "too slow")));
    }

    CommandRun run = report("2026-03-01", "2026-03-03");

    assertThat(run.out() + run.err()).doesNotContain("too slow");
  }

  @Test
  void namesAFailureOfTheAccountSinceTheReadingsOfItsUnsettledDays() {
    Instant before = FAILED.minus(Duration.ofDays(1));
    write(reading(M2M, "354394080001231", "2026-04-13", 1_000, before));
    try (UsageStore store = open()) {
      store.writeFailures(List.of(failure(M2M, UsageStore.ACCOUNT, "2026-04-13", "no login")));
    }

    CommandRun run = report("2026-04-13", "2026-04-13");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("no login");
  }

  @Test
  void sumsBeyondALong() throws IOException {
    write(read(M2M, "354394080001231", "2026-03-01", "2026-03-03", Long.MAX_VALUE));
    write(read(M2M, "354394080001231", "2026-04-01", "2026-04-01", 1));
    String total = grouped(BigInteger.valueOf(Long.MAX_VALUE).multiply(BigInteger.valueOf(3)));

    CommandRun run = report("2026-03-01", "2026-03-03");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("(" + total + " bytes)");
    assertThat(html()).contains(total + " bytes");
  }

  @Test
  void namesADeviceWithADayBeyondALong() {
    write(
        reading(
            M2M,
            "354394080001231",
            "2026-03-01",
            "2026-03-01",
            List.of(
                usage(M2M, "354394080001231", "2026-03-01", Long.MAX_VALUE),
                usage(M2M, "354394080001231", "2026-03-01", Long.MAX_VALUE))));

    CommandRun run = report("2026-03-01", "2026-03-01");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("error: ThingSpace M2M: the records of device 354394080001231 on 2026-03-01")
        .hasLineCount(1);
  }

  @Test
  void isSimulatedByTheStoreWithAnyCredentials() throws IOException {
    try (UsageStore store = open()) {
      store.claim(Origin.SIMULATED);
      store.write(List.of(read(M2M, "354394080001231", "2026-03-01", "2026-03-01", 5)), 3);
    }
    Map<String, String> credentials =
        Map.of("THINGSPACE_TOKEN", "a-token", "THINGSPACE_M2M_TOKEN", "another");

    CommandRun run = CommandRun.of(credentials, clock(), arguments("2026-03-01", "2026-03-01"));

    assertThat(run.out()).contains("SIMULATED fleet");
    assertThat(html()).contains("Simulated fleet");
    assertThat(csv()).extracting(row -> row.get("simulated")).containsOnly("true");
    assertThat(directory.resolve("fleet-devices.csv")).content().contains(",simulated\r\n");
  }

  @Test
  void aRealStoreIsNotCalledSimulatedWithoutCredentials() throws IOException {
    write(read(M2M, "354394080001231", "2026-03-01", "2026-03-01", 5));

    CommandRun run = report("2026-03-01", "2026-03-01");

    assertThat(run.out()).doesNotContain("SIMULATED");
    assertThat(directory.resolve("fleet-report.csv")).content().doesNotContain("simulated");
    assertThat(html()).doesNotContain("Simulated fleet");
  }

  @Test
  void textPageAndFileAgreeWhileTheStoreIsWritten() throws IOException {
    List<String> devices =
        IntStream.range(0, 50).mapToObj(i -> String.format(Locale.ROOT, "imei-%02d", i)).toList();
    write(all(devices, 1));
    var isDone = new AtomicBoolean();
    var writing =
        CompletableFuture.runAsync(
            () -> {
              try (UsageStore store = open()) {
                for (int bytes = 2; !isDone.get(); bytes++) {
                  store.write(List.of(all(devices, bytes)), 3);
                }
              }
            });
    try {
      for (int i = 0; i < 6; i++) {
        CommandRun run = report("2026-03-01", "2026-03-10");

        assertThat(run.err()).isEmpty();
        long inFile = csvTotal();
        String total = grouped(BigInteger.valueOf(inFile)) + " bytes";
        assertThat(inFile % (50 * 10)).as("one state of the store").isZero();
        assertThat(run.out()).contains("(" + total + ")");
        assertThat(html()).contains("<dt>Total</dt><dd title=\"" + total + "\">");
      }
    } finally {
      isDone.set(true);
      writing.join();
    }
  }

  @Test
  void showsWantedCarriersOnly() throws IOException {
    write(read(M2M, "354394080001231", "2026-03-01", "2026-03-01", 5));
    write(read(MASON, "89148000000800784259", "2026-03-01", "2026-03-01", 7));

    CommandRun run = report("2026-03-01", "2026-03-01", "--provider", MASON);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("(7 bytes)").doesNotContain("ThingSpace");
    assertThat(csvTotal()).isEqualTo(7);
  }

  private static Reading all(List<String> devices, long bytes) {
    List<UsageRecord> records = new ArrayList<>();
    for (String device : devices) {
      records.addAll(read("iotx-analytics", device, "2026-03-01", "2026-03-10", bytes).records());
    }
    return reading("iotx-analytics", UsageStore.ACCOUNT, "2026-03-01", "2026-03-10", records);
  }

  @Test
  void showsEachAccountOfACarrierInARowOfItsOwn() throws IOException {
    write(read(MASON, "89148000000800784259", "2026-03-01", "2026-03-10", 100));
    write(read(MASON, "mason-eu", "89148000000800784259", "2026-03-01", "2026-03-10", 7));

    CommandRun run = report("2026-03-01", "2026-03-10");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines().map(String::strip))
        .anyMatch(line -> line.matches("Mason +1 +10 +1.0 kB"))
        .anyMatch(line -> line.matches("Mason \\(mason-eu\\) +1 +10 +70 B"))
        .anyMatch(line -> line.matches("All carriers +2 +20 +1.1 kB"));
    assertThat(csv()).extracting(row -> row.get("account")).containsOnly("mason-usage", "mason-eu");
    assertThat(csvTotal()).isEqualTo(1_070);
    assertThat(html()).contains("Mason (mason-eu)");
  }

  @Test
  void leavesOutHyperPreciseUsageThatTheSameAccountCounts() throws IOException {
    for (var account : List.of("verizon-a", "verizon-b")) {
      write(read(HYPER_PRECISE, account, "354394080001231", "2026-03-01", "2026-03-10", 10));
    }
    write(read(M2M, "verizon-a", "354394080001231", "2026-03-01", "2026-03-10", 12));

    report("2026-03-01", "2026-03-10");

    // 120 bytes of M2M, and 100 bytes of the account whose usage M2M does not count.
    assertThat(csvTotal()).isEqualTo(220);
    assertThat(
            csv().stream()
                .filter(row -> row.get("in_total").equals("false"))
                .map(row -> row.get("provider") + " " + row.get("account"))
                .distinct())
        .containsExactly(HYPER_PRECISE + " verizon-a");
  }

  @Test
  void countsTheDaysThatTheLatestRunCorrected() {
    write(read(MASON, "a", "2026-03-01", "2026-03-03", 100));
    try (UsageStore store = open()) {
      // Corrected by an earlier run.
      store.begin(MASON, MASON, READ.minusSeconds(20));
      store.write(List.of(read(MASON, "a", "2026-03-01", "2026-03-03", 101)), 3);
      store.end(MASON, MASON, READ.minusSeconds(10));
      store.begin(MASON, MASON, READ.plusSeconds(10));
      store.write(List.of(reading(MASON, "a", "2026-03-01", 102, READ.plusSeconds(10))), 3);
      store.write(List.of(reading(MASON, "a", "2026-03-02", 102, READ.plusSeconds(11))), 3);
      store.write(List.of(reading(MASON, "a", "2026-03-02", 101, READ.plusSeconds(12))), 3);
      store.end(MASON, MASON, READ.plusSeconds(20));
    }

    assertThat(words(report("2026-03-01", "2026-03-10")))
        .contains("Corrected by the carrier after the first reading: 1 day of devices.");
  }

  @Test
  void refusesAStoreThatMustBeMigratedFirst() throws IOException {
    write(read(MASON, "a", "2026-03-01", "2026-03-03", 100));
    var url = "jdbc:duckdb:" + store();
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("update simtally_schema set version = 1");
    } catch (SQLException e) {
      throw new IOException(e);
    }

    CommandRun run = report("2026-03-01", "2026-03-10");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualToNormalizingNewlines(
            "error: the store "
                + store()
                + " has schema 1; simtally sync migrates it to schema 2\n");
  }

  private static Reading reading(
      String provider, String subject, String day, long bytes, Instant readAt) {
    return new Reading(
        provider,
        account(provider),
        subject,
        days(day, day),
        readAt,
        List.of(usage(provider, subject, day, bytes)));
  }

  private static Reading read(
      String provider, String account, String subject, String from, String to, long bytes) {
    var reading = read(provider, subject, from, to, bytes);
    return new Reading(
        provider, account, subject, reading.days(), reading.readAt(), reading.records());
  }

  /** Returns a reading with a record of each day, or with none if they have no bytes. */
  private static Reading read(String provider, String subject, String from, String to, long bytes) {
    List<UsageRecord> records = new ArrayList<>();
    for (LocalDate day : days(from, to).each()) {
      records.add(usage(provider, subject, day.toString(), bytes));
    }
    return reading(provider, subject, from, to, bytes == 0 ? List.of() : records);
  }

  private static Reading reading(
      String provider, String subject, String from, String to, List<UsageRecord> records) {
    return new Reading(provider, account(provider), subject, days(from, to), READ, records);
  }

  private static UsageRecord usage(String provider, String subject, String day, long bytes) {
    return new UsageRecord(
        provider,
        subject,
        Instant.parse(day + "T00:00:00Z"),
        Duration.ofDays(1),
        bytes,
        null,
        null,
        null);
  }

  private static Failure failure(String provider, String subject, String day, String message) {
    return new Failure(
        provider, account(provider), subject, days(day, day), "NOT_FOUND", message, FAILED);
  }

  private static DayRange days(String from, String to) {
    return new DayRange(LocalDate.parse(from), LocalDate.parse(to));
  }

  /** The account of the environment. */
  private static String account(String provider) {
    return provider.startsWith("thingspace-") ? "thingspace" : provider;
  }

  private void write(Reading reading) {
    try (UsageStore store = open()) {
      store.write(List.of(reading), 3);
    }
  }

  private UsageStore open() {
    return UsageStore.open(store(), Map.of());
  }

  private String store() {
    return directory.resolve("store.duckdb").toString();
  }

  private Path devices(String rows) throws IOException {
    return Files.writeString(directory.resolve("devices.csv"), rows);
  }

  private CommandRun report(String from, String to, String... more) {
    return CommandRun.of(Map.of(), clock(), arguments(from, to, more));
  }

  private String[] arguments(String from, String to, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "report",
                "--store",
                store(),
                "--out",
                directory.toString(),
                "--from",
                from,
                "--to",
                to));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static Clock clock() {
    return Clock.fixed(NOW, ZoneOffset.UTC);
  }

  /** Returns the output without its line breaks. */
  private static String words(CommandRun run) {
    return run.out().replaceAll("\\s+", " ");
  }

  private String html() throws IOException {
    String page = Files.readString(directory.resolve("fleet-report.html"));
    return Pattern.compile("<script.*</script>", Pattern.DOTALL).matcher(page).replaceAll("");
  }

  private List<CSVRecord> unknownRows() throws IOException {
    return csv().stream().filter(row -> row.get("total_bytes").isEmpty()).toList();
  }

  private long csvTotal() throws IOException {
    return csv().stream()
        .filter(row -> row.get("in_total").equals("true"))
        .mapToLong(row -> Long.parseLong(row.get("total_bytes")))
        .sum();
  }

  private List<CSVRecord> csv() throws IOException {
    try (var file = Files.newBufferedReader(directory.resolve("fleet-report.csv"))) {
      return CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .get()
          .parse(file)
          .getRecords();
    }
  }

  private static String grouped(BigInteger number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
