package io.simtally.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.core.DayRange;
import io.simtally.fleet.Carriers;
import io.simtally.fleet.Fleet;
import io.simtally.fleet.FleetResult;
import io.simtally.fleet.account.Accounts;
import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.fleet.source.SourceSettings;
import io.simtally.fleet.source.UsageSource;
import io.simtally.fleet.store.ClosedPeriod;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageStore;
import io.simtally.fleet.sync.CloseResult;
import io.simtally.fleet.sync.PeriodClose;
import io.simtally.fleet.sync.Sync;
import io.simtally.fleet.sync.SyncResult;
import io.simtally.simulator.carriers.Simulators;
import io.simtally.simulator.junit.SimtallyExtension;
import io.simtally.simulator.mason.MasonSimulator;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of the site's pages about fleets. */
@ExtendWith(SimtallyExtension.class)
final class FleetSnippetsTest {

  @Test
  void asksForManyDevices(ThingSpaceSimulator simulator, ThingSpaceM2m thingSpace) {
    List<DeviceId> devices =
        simulator.devices().stream()
            .map(device -> new DeviceId(device.kind(), device.id()))
            .toList();
    Instant now = Instant.now();
    long total = 0;
    // #region many
    try (var run =
        Fleet.of(devices)
            .concurrency(64)
            .run(
                device ->
                    thingSpace
                        .usageHistory()
                        .device(device)
                        .earliest(now.minus(Duration.ofDays(7)))
                        .latest(now))) {
      for (FleetResult<DeviceId, ?> result : run) { // as each is done
        if (result.failure() != null) {
          System.err.println(result.device().id() + ": " + result.failure().getMessage());
        } else {
          total++;
        }
      }
    }
    // #endregion many
    assertThat(total).isEqualTo(devices.size());
  }

  @Test
  void readsWhatTheStoreLacks(Simulators simulators, @TempDir Path folder) {
    Map<String, String> environment = simulators.environment();
    String file = folder.resolve("fleet.duckdb").toString();
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    // #region sync
    DayRange lastWeek = DayRange.of(today.minusDays(7), today.minusDays(1));
    List<UsageSource> sources =
        Carriers.of(environment).stream()
            .filter(carrier -> carrier.hasCredentials() && carrier.deviceRequirement() == null)
            .map(carrier -> carrier.open(ListedDevices.NONE, SourceSettings.DEFAULT))
            .toList();
    try (UsageStore store = UsageStore.open(file, environment)) {
      SyncResult result = Sync.into(store).days(lastWeek).run(sources);
      System.out.println(result.isComplete() ? "all read" : "some could not be read");

      store
          .dailyUsage(UsageQuery.days(lastWeek))
          .forEach(
              day -> System.out.println(day.subject() + " " + day.day() + " " + day.totalBytes()));
    } finally {
      sources.forEach(UsageSource::close);
    }
    // #endregion sync
    assertThat(sources).isNotEmpty();
  }

  @Test
  void closesAMonth(@TempDir Path folder) {
    DayRange month = DayRange.of(YearMonth.of(2026, 1));
    Clock clock = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
    MasonSimulator mason = MasonSimulator.builder().clock(clock).build();
    try (Simulators simulators = Simulators.builder().mason(mason).start();
        UsageStore store = UsageStore.open(folder.resolve("fleet.duckdb"))) {
      Map<String, String> environment = new HashMap<>(simulators.environment());
      environment.keySet().removeIf(name -> !name.startsWith("MASON"));
      try (Accounts accounts = Accounts.fromEnv(environment)) {
        assertThat(Sync.into(store).days(month).clock(clock).run(accounts).isComplete()).isTrue();
      }
      // #region close
      CloseResult result = PeriodClose.of(store, month).accounts(List.of("mason-usage")).run();
      result.gaps().forEach(gap -> System.out.println(gap.days() + " " + gap.reason()));
      // #endregion close
      assertThat(result.gaps()).isEmpty();
      ClosedPeriod period = result.closed().get(0);
      LongAdder total = new LongAdder();
      // #region as-of
      store
          .dailyUsage(UsageQuery.days(month).asOf(period.closedAt()))
          .forEach(day -> total.add(day.totalBytes()));
      // #endregion as-of
      assertThat(period.totalBytes()).isEqualTo(total.sum()).isPositive();
    }
  }

  /**
   * Runs the query of the page about the store: a day with coverage has a row, also without a
   * record.
   */
  @Test
  void theQueryOfThePageHasARowForEachDayThatWasRead(@TempDir Path folder) throws Exception {
    String file = folder.resolve("fleet.duckdb").toString();
    DayRange days = DayRange.of(LocalDate.parse("2026-01-03"), LocalDate.parse("2026-01-30"));
    Clock clock = Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);
    LongAdder total = new LongAdder();
    MasonSimulator mason = MasonSimulator.builder().clock(clock).build();
    try (Simulators simulators = Simulators.builder().mason(mason).start();
        UsageStore store = UsageStore.open(file, Map.of())) {
      Map<String, String> environment = new HashMap<>(simulators.environment());
      environment.keySet().removeIf(name -> !name.startsWith("MASON"));
      List<UsageSource> sources =
          Carriers.of(environment).stream()
              .filter(Carrier::hasCredentials)
              .map(carrier -> carrier.open(ListedDevices.NONE, SourceSettings.DEFAULT))
              .toList();
      assertThat(Sync.into(store).days(days).clock(clock).run(sources).isComplete()).isTrue();
      sources.forEach(UsageSource::close);
      store.dailyUsage(UsageQuery.days(days)).forEach(day -> total.add(day.totalBytes()));
    }

    String page = Files.readString(Path.of("..", "docs", "fleets.md"));
    String query = page.substring(page.indexOf("```sql") + 6);
    long rows = 0;
    long zeros = 0;
    long bytes = 0;
    try (var connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        var statement = connection.createStatement();
        var result = statement.executeQuery(query.substring(0, query.indexOf("```")))) {
      while (result.next()) {
        rows++;
        bytes += result.getLong("total_bytes");
        zeros += result.getLong("total_bytes") == 0 ? 1 : 0;
      }
    }
    assertThat(rows).isEqualTo(mason.iccids().size() * 28L);
    assertThat(zeros).isPositive();
    assertThat(bytes).isEqualTo(total.sum()).isPositive();
  }

  /** Compiled only: the page about the store names a file in the working directory. */
  static void addsUp(LocalDate from, LocalDate to) {
    // #region fleets
    try (var store = UsageStore.open(Path.of("fleet.duckdb"))) {
      store
          .dailyUsage(UsageQuery.days(DayRange.of(from, to)).account("mason-eu"))
          .forEach(day -> add(day.subject(), day.totalBytes()));
    }
    // #endregion fleets
  }

  private static void add(String subject, long bytes) {
    System.out.println(subject + " " + bytes);
  }
}
