package io.simtally.examples.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.core.DayRange;
import io.simtally.examples.ExampleRun;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.store.DailyUsage;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageStore;
import io.simtally.fleet.sync.Sync;
import io.simtally.simulator.Operation;
import io.simtally.simulator.Reply;
import io.simtally.simulator.alef.AlefSimulator;
import io.simtally.simulator.alef.AlefSubscriber;
import io.simtally.simulator.alef.AlefUsage;
import io.simtally.simulator.carriers.Simulators;
import io.simtally.simulator.iotx.IotxSimulator;
import io.simtally.simulator.iotx.IotxSubscriber;
import io.simtally.simulator.iotx.IotxUsage;
import io.simtally.simulator.mason.MasonDay;
import io.simtally.simulator.mason.MasonSimulator;
import io.simtally.simulator.thingspace.SimulatedDevice;
import io.simtally.simulator.thingspace.SimulatedSession;
import io.simtally.simulator.thingspace.SimulatedUsage;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the ten programs against simulators whose figures are known. A figure of yesterday is also
 * that of today, so that a test that runs over midnight has the same result.
 */
final class ProgramsTest {
  private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);
  private static final Path PROGRAMS =
      Path.of("src", "main", "java", "io", "simtally", "examples", "programs");
  private static final int LINES = 15;
  private static final String SIM = "89148000000800784259";
  private static final String OTHER_SIM = "89148000000800784267";
  private static final String IMEI = "354394080001238";

  @TempDir private Path folder;

  static Stream<Path> programs() throws IOException {
    try (var files = Files.list(PROGRAMS)) {
      var all = files.filter(file -> !file.endsWith("package-info.java")).toList();
      var test = Path.of(PROGRAMS.toString().replace("main", "test"), "UsageOfAWeekTest.java");
      return Stream.concat(all.stream(), Stream.of(test));
    }
  }

  @Test
  void thereAreTenPrograms() throws IOException {
    assertThat(programs()).hasSize(10);
  }

  /** Lines with nothing but a closing bracket do not count. */
  @ParameterizedTest
  @MethodSource("programs")
  void aProgramIsShortAndOnThePage(Path program) throws IOException {
    var text = Files.readString(program);
    var region = text.substring(text.indexOf("// #region program"));

    assertThat(
            region
                .substring(0, region.indexOf("// #endregion program"))
                .lines()
                .map(String::strip)
                .filter(line -> !line.matches("|[})]+;?|(//|/\\*\\*|\\*).*")))
        .isNotEmpty()
        .hasSizeLessThan(LINES);
    assertThat(Files.readString(Path.of("..", "docs", "programs.md")))
        .contains("<!-- snippet: examples/" + program + "#program -->");
  }

  @Test
  void printsYesterdayOfOneDeviceOfEachCarrier() throws Exception {
    var subscriber = new IotxSubscriber("d5b0ee0c-0cb8-4b0b-9fd3-2f5c7b4cf1e9", "447700900001");
    var alefSubscriber = new AlefSubscriber("919000000001", "405000000000001", "site-1");
    var alef =
        AlefSimulator.builder()
            .subscribers(0)
            .subscriber(
                alefSubscriber,
                alefDay(TODAY.minusDays(2), 9),
                alefDay(TODAY.minusDays(1), 5),
                alefDay(TODAY, 5))
            .build();
    var thingSpace =
        ThingSpaceSimulator.builder()
            .devices(0)
            .device(
                SimulatedDevice.of("imei", IMEI),
                SimulatedUsage.of(at(TODAY.minusDays(2)), 9),
                SimulatedUsage.of(at(TODAY.minusDays(1)), 6),
                SimulatedUsage.of(at(TODAY), 6))
            .sessions(
                IMEI,
                session(TODAY.minusDays(2), 9),
                session(TODAY.minusDays(1), 7),
                session(TODAY, 7))
            .build();
    try (var simulators =
        Simulators.builder()
            .iotx(
                IotxSimulator.builder()
                    .subscribers(0)
                    .subscriber(
                        subscriber,
                        IotxUsage.of(at(TODAY.minusDays(2)), 9, 9),
                        IotxUsage.of(at(TODAY.minusDays(1)), 1, 2),
                        IotxUsage.of(at(TODAY), 1, 2))
                    .build())
            .mason(mason(SIM, 4))
            .alef(alef)
            .thingSpace(thingSpace)
            .start()) {
      var run =
          run(
              Yesterday.class,
              simulators,
              subscriber.physicalId(),
              SIM,
              alef.accountId(),
              alefSubscriber.msisdn(),
              IMEI,
              thingSpace.accountNumber(),
              IMEI);

      assertThat(run.out().lines())
          .satisfiesExactly(
              line -> assertThat(line).containsOnlyOnce("totalBytes=3,"),
              line -> assertThat(line).containsOnlyOnce("totalBytes=4,"),
              line -> assertThat(line).containsOnlyOnce("totalBytes=5,"),
              line -> assertThat(line).containsOnlyOnce("totalBytes=6,"),
              line -> assertThat(line).containsOnlyOnce("totalBytes=7,"))
          .allSatisfy(line -> assertThat(line).containsOnlyOnce("totalBytes="));
    }
  }

  @Test
  void printsTheSumOfAMonthOverAllCarriers() throws Exception {
    var month = YearMonth.from(TODAY).minusMonths(1);
    var day = month.atDay(3);
    try (var simulators =
        Simulators.builder()
            .iotx(
                IotxSimulator.builder()
                    .subscribers(0)
                    .subscriber(
                        new IotxSubscriber("one", "447700900001"), IotxUsage.of(at(day), 1, 2))
                    .build())
            .mason(
                MasonSimulator.builder()
                    .sims(0)
                    .sim(SIM, MasonDay.of(day, 10, 20), MasonDay.of(month.atEndOfMonth(), 1, 0))
                    .build())
            .alef(
                AlefSimulator.builder()
                    .subscribers(0)
                    .subscriber(
                        new AlefSubscriber("919000000001", "405000000000001", "site-1"),
                        alefDay(day, 500))
                    .build())
            .thingSpace(
                ThingSpaceSimulator.builder()
                    .devices(0)
                    .device(
                        SimulatedDevice.of("imei", IMEI),
                        SimulatedUsage.of(at(day), 6_000),
                        SimulatedUsage.of(at(month.atDay(1).minusDays(1)), 99))
                    .sessions("990013907835573", session(day, 70_000))
                    .build())
            .start()) {
      Files.writeString(
          folder.resolve("devices.csv"),
          """
          provider,kind,id,account_number
          thingspace-m2m,imei,%s,
          thingspace-hyperprecise,imei,990013907835573,%s
          """
              .formatted(IMEI, simulators.thingSpace().accountNumber()));
      var config = configuration(simulators.environment(), "devices = \"devices.csv\"");

      var run = run(MonthOfAllCarriers.class, simulators, config.toString(), month.toString());

      assertThat(run.out()).isEqualToIgnoringNewLines("76534 bytes");

      simulators.thingSpace().on(Operation.USAGE_HISTORY).next(Reply.json(400, "{}"));
      Files.delete(folder.resolve("fleet.duckdb"));
      assertThat(
              run(MonthOfAllCarriers.class, simulators, config.toString(), month.toString()).out())
          .isEqualToIgnoringNewLines("70534 bytes, some are unknown");
    }
  }

  @Test
  void printsOnePageAtATime() throws Exception {
    var month = YearMonth.from(TODAY).minusMonths(1);
    var day = MasonDay.of(month.atDay(1), 1, 1);
    var mason =
        MasonSimulator.builder().sims(0).pageSize(1).sim(SIM, day).sim(OTHER_SIM, day).build();
    try (var simulators = Simulators.builder().mason(mason).start()) {
      var pages = new StringBuilder();
      do {
        pages.append(run(OnePageAtATime.class, simulators, month.toString()).out());
      } while (Files.exists(folder.resolve("cursor.txt")));

      assertThat(pages.toString().lines()).containsExactly(SIM, OTHER_SIM);
      assertThat(mason.calls()).hasSize(2);
    }
  }

  @Test
  void syncsTwoAccountsOfOneCarrier() throws Exception {
    var eu = MasonSimulator.builder().sims(0).apiKey("key-eu").sim(SIM, week(1)).build();
    var us = MasonSimulator.builder().sims(0).apiKey("key-us").sim(OTHER_SIM, week(10)).build();
    try (var euServer = eu.start();
        var usServer = us.start()) {
      var config = folder.resolve("simtally.toml");
      Files.writeString(
          config,
          """
          store = "fleet.duckdb"
          [accounts.mason-eu]
          provider = "mason-usage"
          api_key = "${EU_KEY}"
          base_url = "%s"
          [accounts.mason-us]
          provider = "mason-usage"
          api_key = "${US_KEY}"
          base_url = "%s"
          """
              .formatted(euServer.url(), usServer.url()));
      var keys = Map.of("EU_KEY", "key-eu", "US_KEY", "key-us");

      assertThat(run(AccountTotals.class, keys, config.toString()).out().lines())
          .containsExactly("mason-eu 7", "mason-us 70", "complete");
    }
  }

  @Test
  void printsDaysOfOneSimAndWhichAreUnknown() throws Exception {
    var days = DayRange.of(TODAY.minusDays(3), TODAY.plusDays(1));
    var store = folder.resolve("fleet.duckdb");
    try (var opened = UsageStore.open(store)) {
      var carrier =
          new OwnCarrier(
              "my-carrier",
              List.of(new Device("iccid", SIM)),
              (sim, day) -> day.equals(TODAY.minusDays(2)) ? 0 : 42);
      Sync.into(opened).days(days).run(List.of(carrier));
    }

    assertThat(run(DaysOfOneSim.class, Map.of(), store.toString(), "my-carrier", SIM).out().lines())
        .hasSize(7)
        .contains(
            TODAY.minusDays(5) + " unknown",
            TODAY.minusDays(4) + " unknown",
            TODAY.minusDays(3) + " 42",
            TODAY.minusDays(2) + " 0",
            TODAY.minusDays(1) + " 42");
  }

  @Test
  void syncsTheDevicesOfACsvFile() throws Exception {
    var rows = days(each -> SimulatedUsage.of(at(each), 3));
    var thingSpace =
        ThingSpaceSimulator.builder()
            .devices(0)
            .device(SimulatedDevice.of("imei", IMEI), rows)
            .device(SimulatedDevice.of("imei", "990013907835573"), rows)
            .build();
    try (var server = thingSpace.start()) {
      var csv = folder.resolve("devices.csv");
      Files.writeString(csv, "provider,kind,id\nthingspace-m2m,imei," + IMEI + "\n");

      assertThat(server.url()).isNotEmpty();
      assertThat(run(DevicesFromCsv.class, thingSpace.environment(), csv.toString()).out().lines())
          .hasSize(7)
          .allMatch(line -> line.matches(IMEI + " [0-9-]{10} 3"))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void syncsACarrierOfOnesOwn() {
    var days = DayRange.last(7);
    var carrier =
        new OwnCarrier(
            "my-carrier",
            List.of(new Device("iccid", SIM), new Device("iccid", OTHER_SIM)),
            (sim, day) -> sim.id().equals(SIM) ? 5 : 700);
    try (var store = UsageStore.open(folder.resolve("fleet.duckdb"))) {
      assertThat(Sync.into(store).days(days).run(List.of(carrier)).isComplete()).isTrue();

      try (var rows = store.dailyUsage(UsageQuery.days(days))) {
        assertThat(rows.mapToLong(DailyUsage::totalBytes).sum()).isEqualTo(7 * 705);
      }
    }
  }

  @Test
  void explainsAnError() throws Exception {
    try (var simulators = Simulators.builder().mason(mason(SIM, 4)).start()) {
      assertThat(run(ErrorSwitch.class, simulators, SIM).out()).contains("28 bytes");
      simulators.mason().next(Reply.json(404, "{}"));
      assertThat(run(ErrorSwitch.class, simulators, SIM).out()).contains("unknown SIM");
      var wrong = new HashMap<>(simulators.environment());
      wrong.put("MASON_API_KEY", "wrong");
      assertThat(run(ErrorSwitch.class, wrong, SIM).out()).contains("check MASON_API_KEY");
    }
  }

  @Test
  void addsUpSimsThatAreReadAtOnce() throws Exception {
    var mason = MasonSimulator.builder().sims(0).sim(SIM, week(4)).sim(OTHER_SIM, week(30)).build();
    try (var simulators = Simulators.builder().mason(mason).start()) {
      assertThat(run(ManySims.class, simulators, SIM, OTHER_SIM).out()).contains("238 bytes");
    }
  }

  private ExampleRun run(Class<?> program, Simulators simulators, String... arguments)
      throws Exception {
    return run(program, simulators.environment(), arguments);
  }

  private ExampleRun run(Class<?> program, Map<String, String> environment, String... arguments)
      throws Exception {
    var run = ExampleRun.of(program, folder, environment, arguments);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    return run;
  }

  /** Writes a configuration file with an account of each provider. */
  private Path configuration(Map<String, String> environment, String thingSpace)
      throws IOException {
    var text = new StringBuilder();
    for (var provider :
        List.of("iotx-analytics", "mason-usage", "alef-connectivity", "thingspace")) {
      var prefix = provider.replaceFirst("-.*", "").toUpperCase(Locale.ROOT) + "_";
      text.append("[accounts.%s]\nprovider = \"%s\"\n".formatted(provider, provider));
      environment.keySet().stream()
          .filter(name -> name.startsWith(prefix))
          .forEach(
              name ->
                  text.append(
                      "%s = \"${%s}\"\n"
                          .formatted(
                              name.substring(prefix.length()).toLowerCase(Locale.ROOT), name)));
    }
    return Files.writeString(folder.resolve("simtally.toml"), text + thingSpace + "\n");
  }

  private static MasonSimulator mason(String iccid, long bytesADay) {
    return MasonSimulator.builder().sims(0).sim(iccid, week(bytesADay)).build();
  }

  /** Returns the last eight days and today. */
  private static List<MasonDay> week(long bytesADay) {
    return days(day -> MasonDay.of(day, bytesADay, 0));
  }

  private static <T> List<T> days(Function<LocalDate, T> row) {
    return DayRange.of(TODAY.minusDays(8), TODAY).each().stream().map(row).toList();
  }

  private static AlefUsage alefDay(LocalDate day, long bytes) {
    return AlefUsage.of(at(day).plus(Duration.ofHours(12)), bytes, 0);
  }

  private static SimulatedSession session(LocalDate day, long bytes) {
    return new SimulatedSession(at(day), at(day).plusSeconds(60), bytes);
  }

  private static Instant at(LocalDate day) {
    return day.atStartOfDay().toInstant(ZoneOffset.UTC);
  }
}
