package io.simtally.cli;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.fleet.Carriers;
import io.simtally.fleet.source.Carrier;
import io.simtally.iotx.IotxAnalytics;
import io.simtally.mason.MasonUsage;
import io.simtally.simulator.Fault;
import io.simtally.simulator.FaultScript;
import io.simtally.simulator.alef.AlefSimulator;
import io.simtally.simulator.alef.AlefSubscriber;
import io.simtally.simulator.alef.AlefUsage;
import io.simtally.simulator.carriers.Simulators;
import io.simtally.simulator.iotx.IotxSimulator;
import io.simtally.simulator.mason.MasonSimulator;
import io.simtally.simulator.thingspace.SimulatedDevice;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FiveCarriersTest {

  // Recent days: ThingSpace keeps sessions for 180.
  private static final LocalDate TO = LocalDate.now(ZoneOffset.UTC).minusDays(2);
  private static final LocalDate FROM = TO.minusDays(6);

  @TempDir private Path directory;

  private Simulators simulators = simulators(1);

  @AfterEach
  void close() {
    simulators.close();
  }

  @Test
  void reportsTenThousandDevicesOfFiveCarriersInOneRun() throws Exception {
    restart(2_000);

    CommandRun run = report(Map.of());

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    Map<String, Long> rows = csv().stream().collect(groupingBy(provider(), counting()));
    assertThat(rows)
        .containsOnlyKeys(
            Carriers.of(Map.of()).stream().map(Carrier::provider).toArray(String[]::new))
        .containsKeys(
            "iotx-analytics",
            "mason-usage",
            "alef-connectivity",
            "thingspace-m2m",
            "thingspace-hyperprecise")
        .containsEntry("thingspace-m2m", simulators.thingSpace().traffic().rowsServed())
        .containsEntry(
            "thingspace-hyperprecise",
            simulators.thingSpace().sessionReportTraffic().sessionsServed())
        // A row for each SIM found, and one for each of its days.
        .containsEntry("mason-usage", simulators.mason().traffic().rowsServed() - 2_000);
    assertThat(simulators.thingSpace().traffic().logins()).isEqualTo(1);
    Map<String, Long> bytes = bytes();
    assertThat(bytes.get("iotx-analytics")).isEqualTo(iotxTotal());
    assertThat(bytes.get("mason-usage")).isEqualTo(masonTotal());
    assertThat(bytes.get("alef-connectivity")).isEqualTo(alefTotal());
    // The sum of a device's simulated sessions is its daily usage.
    assertThat(bytes.get("thingspace-hyperprecise"))
        .isEqualTo(bytes.get("thingspace-m2m"))
        .isPositive();
    bytes.forEach(
        (provider, total) ->
            assertThat(run.out())
                .contains("(" + String.format(Locale.ROOT, "%,d", total) + " bytes)"));
    assertThat(run.out())
        .containsSubsequence(
            "IoT-X Analytics",
            "Mason",
            "Alef",
            "ThingSpace M2M",
            "ThingSpace Hyper-Precise",
            "All carriers");
  }

  @Test
  void reportsTheOthersWhenTheKeyOfOneIsWrong() throws Exception {
    restart(3);

    CommandRun run = report(Map.of("MASON_API_KEY", "a-wr0ng-key"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("error: Mason failed: ").hasLineCount(1);
    assertThat(run.out() + run.err()).doesNotContain("wr0ng");
    assertThat(known())
        .extracting(provider()::apply)
        .contains(
            "iotx-analytics", "alef-connectivity", "thingspace-m2m", "thingspace-hyperprecise")
        .doesNotContain("mason-usage");
  }

  @Test
  void reportsTheSameThroughOutages() throws Exception {
    restart(10);
    assertThat(report(Map.of()).exitCode()).isZero();
    List<List<String>> undisturbed = csv().stream().map(CSVRecord::toList).toList();
    // A call has three attempts, so it succeeds in spite of two faults. A ThingSpace call may also
    // see the fault of its token request.
    List<FaultScript> scripts =
        List.of(
            simulators.iotx().usageFaults().next(Fault.serviceUnavailable(), Fault.disconnect()),
            simulators.mason().usageFaults().next(Fault.serviceUnavailable(), Fault.disconnect()),
            simulators.alef().reportFaults().next(Fault.serviceUnavailable(), Fault.disconnect()),
            simulators.thingSpace().tokenFaults().next(Fault.serviceUnavailable()),
            simulators.thingSpace().usageFaults().next(Fault.disconnect()),
            simulators.thingSpace().sessionReportFaults().next(Fault.serviceUnavailable()));

    CommandRun run = report(Map.of());

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(scripts).allMatch(script -> script.unmet().isEmpty());
    assertThat(csv().stream().map(CSVRecord::toList).toList())
        .isEqualTo(undisturbed)
        .hasSizeGreaterThan(300);
  }

  @Test
  void sendsARefusedThingSpaceLoginOnce() throws Exception {
    restart(3);

    CommandRun run = report(Map.of("THINGSPACE_PASSWORD", "a-wr0ng-password"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("error: ThingSpace M2M failed: "))
        .anyMatch(line -> line.startsWith("error: ThingSpace Hyper-Precise failed: "));
    assertThat(run.out() + run.err()).doesNotContain("wr0ng");
    assertThat(simulators.thingSpace().traffic().failedLogins()).isEqualTo(1);
    assertThat(simulators.thingSpace().isLocked()).isFalse();
    assertThat(known())
        .extracting(provider()::apply)
        .contains("iotx-analytics", "mason-usage", "alef-connectivity")
        .doesNotContain("thingspace-m2m", "thingspace-hyperprecise");
  }

  @Test
  void readsHyperPreciseAloneWhenOnlyItsDevicesAreListed() throws Exception {
    restart(2);

    CommandRun run = report(thingSpaceOnly(), devicesFile("carrier,kind,id,account\n" + imeis()));

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(csv()).extracting(provider()::apply).containsOnly("thingspace-hyperprecise");
  }

  @Test
  void readsM2mAloneWhenNoHyperPreciseDevicesAreListed() throws Exception {
    restart(2);

    CommandRun run = report(thingSpaceOnly(), devicesFile("carrier,kind,id\n" + m2mDevices()));

    assertThat(run.err()).isEmpty();
    assertThat(csv()).extracting(provider()::apply).containsOnly("thingspace-m2m");
    assertThat(simulators.thingSpace().sessionReportTraffic().requests()).isZero();
  }

  @Test
  void keepsASharedLoginAfterItsFirstCarrierIsClosed() throws Exception {
    restart(2);
    simulators.thingSpace().sessionReportFaults().next(Fault.expiredSession());

    CommandRun run =
        report(thingSpaceOnly(), devicesFile("carrier,kind,id,account\n" + imeis() + m2mDevices()));

    assertThat(run.err()).isEmpty();
    assertThat(simulators.thingSpace().traffic().logins()).isEqualTo(2);
  }

  @Test
  void readsTheWholeAlefAccountWhenNoSubscribersAreListed() throws Exception {
    restart(5);
    Map<String, String> alef = only("ALEF_");

    CommandRun run = report(alef, devicesFile("carrier,kind,id\n"));

    assertThat(run.err()).isEmpty();
    assertThat(csv())
        .hasSize(7)
        .extracting(row -> row.get("subject"))
        .containsOnly(simulators.alef().accountId());
  }

  @Test
  void reportsTheMissingAlefAccount() throws Exception {
    CommandRun run = report(Map.of("ALEF_API_KEY", "a-key"), devicesFile("carrier,kind,id\n"));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("ALEF_ACCOUNT_ID");
  }

  @Test
  void countsTheSameWhetherIotxIncludesTheEndDateOrNot() throws Exception {
    Map<String, Long> bytes = new HashMap<>();
    for (boolean included : new boolean[] {false, true}) {
      IotxSimulator.Builder iotx = IotxSimulator.builder().subscribers(200).days(FROM, TO);
      simulators.close();
      simulators =
          Simulators.builder().iotx((included ? iotx.includesEndDate() : iotx).build()).start();

      CommandRun run = report(only("IOTX_"), devicesFile("carrier,kind,id\n"));

      assertThat(run.err()).isEmpty();
      bytes.put(included ? "included" : "excluded", bytes().get("iotx-analytics"));
    }
    assertThat(bytes.get("included")).isEqualTo(bytes.get("excluded")).isPositive();
  }

  @Test
  void readsOnlyTheListedMasonSims() throws Exception {
    restart(5);
    String iccid = simulators.mason().iccids().get(3);

    CommandRun run =
        report(only("MASON_"), devicesFile("carrier,kind,id\nmason-usage,iccid," + iccid + "\n"));

    assertThat(run.err()).isEmpty();
    assertThat(csv()).extracting(row -> row.get("subject")).containsOnly("=\"" + iccid + "\"");
    assertThat(csv()).hasSize((int) simulators.mason().traffic().rowsServed());
  }

  @Test
  void refusesDevicesThatACarrierDoesNotSupport() throws Exception {
    for (String row :
        List.of(
            "thingspace-hyperprecise,imei,990013907835573,",
            "thingspace-hyperprecise,iccid,89148000000800784259,0844021539-00001",
            "mason-usage,imei,990013907835573,",
            "alef-connectivity,imsi,001010000000001,",
            "iotx-analytics,iccid,89148000000800784259,")) {
      CommandRun run =
          report(thingSpaceOnly(), devicesFile("carrier,kind,id,account\n" + row + "\n"));

      assertThat(run.exitCode()).as(row).isEqualTo(2);
      assertThat(run.err()).contains(row.split(",", -1)[0]).contains(row.split(",", -1)[2]);
    }
  }

  private void restart(int devices) {
    simulators.close();
    simulators = simulators(devices);
  }

  private static Simulators simulators(int devices) {
    return Simulators.builder()
        .iotx(IotxSimulator.builder().subscribers(devices).days(FROM, TO).build())
        .mason(MasonSimulator.builder().sims(devices).days(FROM, TO).build())
        .alef(AlefSimulator.builder().subscribers(devices).days(FROM, TO).build())
        .thingSpace(ThingSpaceSimulator.builder().devices(devices).days(FROM, TO).build())
        .start();
  }

  private CommandRun report(Map<String, String> changes) throws Exception {
    Map<String, String> environment = new HashMap<>(simulators.environment());
    environment.putAll(changes);
    return report(
        environment, devicesFile("carrier,kind,id,account\n" + imeis() + m2mDevices() + msisdns()));
  }

  private CommandRun report(Map<String, String> environment, Path devices) throws Exception {
    return CommandRun.of(
        environment,
        "report",
        "--out",
        directory.toString(),
        "--from",
        FROM.toString(),
        "--to",
        TO.toString(),
        "--devices",
        devices.toString());
  }

  private Path devicesFile(String text) throws IOException {
    return Files.writeString(directory.resolve("devices.csv"), text);
  }

  private String imeis() {
    ThingSpaceSimulator thingSpace = simulators.thingSpace();
    StringBuilder rows = new StringBuilder();
    for (SimulatedDevice device : thingSpace.devices()) {
      String imei = Objects.requireNonNull(device.idOf("imei"));
      rows.append("thingspace-hyperprecise,imei," + imei + "," + thingSpace.accountNumber() + "\n");
    }
    return rows.toString();
  }

  private String m2mDevices() {
    StringBuilder rows = new StringBuilder();
    for (SimulatedDevice device : simulators.thingSpace().devices()) {
      rows.append("thingspace-m2m," + device.kind() + "," + device.id() + "\n");
    }
    return rows.toString();
  }

  private String msisdns() {
    StringBuilder rows = new StringBuilder();
    for (AlefSubscriber subscriber : simulators.alef().subscribers()) {
      rows.append("alef-connectivity,msisdn," + subscriber.msisdn() + "\n");
    }
    return rows.toString();
  }

  private Map<String, String> thingSpaceOnly() {
    return only("THINGSPACE_");
  }

  private Map<String, String> only(String start) {
    Map<String, String> variables = new HashMap<>(simulators.environment());
    variables.keySet().removeIf(name -> !name.startsWith(start));
    return variables;
  }

  private long iotxTotal() {
    Map<String, String> environment = simulators.environment();
    try (IotxAnalytics client =
        IotxAnalytics.builder()
            .baseUrl(Objects.requireNonNull(environment.get("IOTX_BASE_URL")))
            .token(simulators.iotx().token())
            .build()) {
      return Objects.requireNonNull(
          client
              .dataUsageBySubscriber()
              .startDate(FROM.atStartOfDay().atOffset(ZoneOffset.UTC))
              .endDate(TO.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC).minusSeconds(1))
              .execute()
              .totalDataUsage());
    }
  }

  private long masonTotal() {
    Map<String, String> environment = simulators.environment();
    try (MasonUsage client =
        MasonUsage.builder()
            .baseUrl(Objects.requireNonNull(environment.get("MASON_BASE_URL")))
            .apiKey(simulators.mason().apiKey())
            .fleet(simulators.mason().fleet())
            .build()) {
      return Stream.of(YearMonth.from(FROM), YearMonth.from(TO))
          .distinct()
          .flatMap(month -> client.aggregateAccountUsage().month(month).stream())
          .mapToLong(month -> month.usage().total())
          .sum();
    }
  }

  /** Rounds each direction of each day to whole bytes, as in the client's records. */
  private long alefTotal() {
    long total = 0;
    for (AlefSubscriber subscriber : simulators.alef().subscribers()) {
      for (LocalDate day = FROM; !day.isAfter(TO); day = day.plusDays(1)) {
        List<AlefUsage> usage =
            simulators
                .alef()
                .usage(
                    subscriber,
                    day.atStartOfDay().toInstant(ZoneOffset.UTC),
                    day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
        total += rounded(usage, AlefUsage::uplinkBytes) + rounded(usage, AlefUsage::downlinkBytes);
      }
    }
    return total;
  }

  private static long rounded(List<AlefUsage> usage, Function<AlefUsage, BigDecimal> direction) {
    return usage.stream()
        .map(direction)
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  private Map<String, Long> bytes() throws IOException {
    return csv().stream()
        .collect(
            groupingBy(provider(), summingLong(row -> Long.parseLong(row.get("total_bytes")))));
  }

  private static Function<CSVRecord, String> provider() {
    return row -> row.get("provider");
  }

  /** Returns the rows with usage; the others are unknown days. */
  private List<CSVRecord> known() throws IOException {
    return csv().stream().filter(row -> !row.get("total_bytes").isEmpty()).toList();
  }

  private List<CSVRecord> csv() throws IOException {
    try (Reader file = Files.newBufferedReader(directory.resolve("fleet-report.csv"))) {
      return CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .get()
          .parse(file)
          .getRecords();
    }
  }
}
