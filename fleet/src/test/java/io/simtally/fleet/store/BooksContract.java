package io.simtally.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.UsageSource;
import io.simtally.fleet.sync.PeriodClose;
import io.simtally.fleet.sync.Sync;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Months of daily syncs of carriers that correct, forget and err, for any database. Some runs end
 * within a write. The truth is what the carriers told by each run.
 */
abstract class BooksContract {
  private static final LocalDate FIRST = LocalDate.parse("2026-01-01");
  private static final int WINDOW = 10;
  private static final int SETTLING = 5;

  private final Random random = new Random(2025);

  /** The names of the store and of its carriers; the second one reports its whole account. */
  abstract String location();

  abstract int days();

  abstract int devices();

  private record DeviceDay(String account, String subject, LocalDate day) {}

  /** A carrier with the usage of each device. */
  private final class Carrier implements UsageSource {
    final Map<DeviceDay, Long> usage = new HashMap<>();
    final Set<String> silent = new HashSet<>();
    final String name;
    final boolean isWhole;

    /** The figures of each response, by device. */
    final Map<DeviceDay, Long> told = new HashMap<>();

    Carrier(String name, boolean isWhole) {
      this.name = name;
      this.isWhole = isWhole;
    }

    @Override
    public String provider() {
      return "carrier";
    }

    @Override
    public String account() {
      return name;
    }

    @Override
    public int daysAtOnce() {
      return isWhole ? 1 : Integer.MAX_VALUE;
    }

    @Override
    public int settleAfterDays() {
      return SETTLING;
    }

    @Override
    public Iterable<Device> devices(DayRange days) {
      return isWhole
          ? List.of(Device.ACCOUNT)
          : names().stream().map(each -> new Device("iccid", each)).toList();
    }

    List<String> names() {
      return IntStream.range(0, BooksContract.this.devices()).mapToObj(i -> "d" + i).toList();
    }

    @Override
    public CompletableFuture<List<UsageRecord>> read(Device device, DayRange days) {
      var records = new ArrayList<UsageRecord>();
      for (var subject : device.isAccount() ? names() : List.of(device.id())) {
        for (var day : days.each()) {
          var key = new DeviceDay(name, subject, day);
          var bytes =
              silent.contains(subject) || silent.contains("*") ? 0L : usage.getOrDefault(key, 0L);
          told.put(key, bytes);
          if (bytes > 0) {
            records.add(
                new UsageRecord(
                    "carrier",
                    subject,
                    DayRange.of(day).start(),
                    Duration.ofDays(1),
                    bytes,
                    null,
                    null,
                    null));
          }
        }
      }
      return CompletableFuture.completedFuture(records);
    }

    @Override
    public void close() {}
  }

  /** The figures of the store after a run. */
  private record State(Instant at, Map<DeviceDay, Long> bytes) {}

  @Test
  void everyFigureOfEveryMomentIsWhatWasKnownThen() {
    var carriers = List.of(new Carrier("one-by-one", false), new Carrier("whole", true));
    var states = new ArrayList<State>();
    var closings = new ArrayList<ClosedPeriod>();
    var previous = new HashMap<DeviceDay, Long>();
    var kills = 0;
    for (int number = 1; number <= days(); number++) {
      var today = FIRST.plusDays(number);
      use(carriers, today.minusDays(1));
      correct(carriers, today);
      var now = today.atTime(6, 0).toInstant(ZoneOffset.UTC);
      var period = new DayRange(latest(FIRST, today.minusDays(WINDOW)), today.minusDays(1));
      carriers.forEach(each -> each.told.clear());
      if (random.nextInt(5) == 0) {
        kills++;
        runAndKill(carriers, period, now);
      }
      try (var store = UsageStore.open(location(), Map.of())) {
        Sync.into(store).days(period).clock(at(now)).run(carriers);
        var state = figures(store, UsageQuery.all());
        requireTold(carriers, previous, state, store, now);
        states.add(new State(now, state));
        previous = new HashMap<>(state);
        if (today.getDayOfMonth() == 20) {
          var month = DayRange.of(YearMonth.from(today).minusMonths(1));
          if (!month.from().isBefore(FIRST)) {
            closings.addAll(
                PeriodClose.of(store, month).incomplete().clock(at(now)).run().closed());
          }
        }
      }
    }
    assertThat(kills).isPositive();
    assertThat(closings).isNotEmpty();
    try (var store = UsageStore.open(location(), Map.of())) {
      for (var state : states) {
        assertThat(figures(store, UsageQuery.all().asOf(state.at())))
            .as("as of %s", state.at())
            .isEqualTo(state.bytes());
      }
      for (var closed : closings) {
        assertReproduces(store, closed);
      }
    }
  }

  private static LocalDate latest(LocalDate one, LocalDate other) {
    return one.isAfter(other) ? one : other;
  }

  /** Every third device is idle, and the others use something on most days. */
  private void use(List<Carrier> carriers, LocalDate day) {
    for (var carrier : carriers) {
      var names = carrier.names();
      for (int i = 0; i < names.size(); i++) {
        if (i % 3 != 0 && random.nextInt(8) != 0) {
          carrier.usage.put(
              new DeviceDay(carrier.name, names.get(i), day), 1_000L + random.nextInt(1_000));
        }
      }
    }
  }

  private void correct(List<Carrier> carriers, LocalDate today) {
    for (var carrier : carriers) {
      carrier.silent.clear();
      for (var subject : carrier.names()) {
        if (random.nextInt(4) == 0) {
          carrier.usage.computeIfPresent(
              new DeviceDay(carrier.name, subject, today.minusDays(1 + random.nextInt(9))),
              (key, was) -> Math.max(0, was + random.nextInt(600) - 300));
        }
        if (random.nextInt(40) == 0) {
          // A new IMEI: the carrier forgets the days before.
          carrier.usage.keySet().removeIf(each -> each.subject().equals(subject));
        }
        if (random.nextInt(30) == 0) {
          carrier.silent.add(subject);
        }
      }
      if (random.nextInt(15) == 0) {
        carrier.silent.add("*");
      }
    }
  }

  /** Ends a run before or after one of its writes, as a kill does. */
  private void runAndKill(List<Carrier> carriers, DayRange period, Instant now) {
    var left = new int[] {random.nextInt(6)};
    var isBefore = random.nextBoolean();
    try (var store = UsageStore.open(location(), Map.of())) {
      var dying =
          (UsageStore)
              Proxy.newProxyInstance(
                  UsageStore.class.getClassLoader(),
                  new Class<?>[] {UsageStore.class},
                  (proxy, method, arguments) -> {
                    var isFatal = method.getName().startsWith("write") && left[0]-- == 0;
                    if (isFatal && isBefore) {
                      throw new StoreException("killed", null);
                    }
                    try {
                      var result = method.invoke(store, arguments);
                      if (isFatal) {
                        throw new StoreException("killed", null);
                      }
                      return result;
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  });
      Sync.into(dying).days(period).clock(at(now)).run(List.of(carriers.get(random.nextInt(2))));
    } catch (StoreException e) {
      assertThat(e).hasMessage("killed");
    }
  }

  /**
   * Checks that each figure is the one that its carrier told last, or the one before if the days
   * are held back, and that a figure differs from the one before only with a row in the ledger.
   */
  private static void requireTold(
      List<Carrier> carriers,
      Map<DeviceDay, Long> previous,
      Map<DeviceDay, Long> state,
      UsageStore store,
      Instant now) {
    var held = new HashSet<DeviceDay>();
    try (var failures = store.failures(UsageQuery.all())) {
      failures.forEach(
          each ->
              each.days()
                  .each()
                  .forEach(day -> held.add(new DeviceDay(each.account(), each.subject(), day))));
    }
    for (var carrier : carriers) {
      carrier.told.forEach(
          (key, told) -> {
            long was = previous.getOrDefault(key, 0L);
            long is = state.getOrDefault(key, 0L);
            var isHeld =
                held.contains(key) || held.contains(new DeviceDay(key.account(), "*", key.day()));
            assertThat(is)
                .as("%s, held: %s", key, isHeld)
                .isIn(isHeld ? List.of(was, told) : List.of(told));
          });
    }
    var changes = new HashMap<DeviceDay, Long>();
    try (var rows = store.corrections(UsageQuery.all())) {
      rows.filter(each -> each.noticedAt().equals(now))
          .forEach(
              each ->
                  changes.merge(
                      new DeviceDay(each.account(), each.subject(), each.day()),
                      each.afterBytes() - each.beforeBytes(),
                      Long::sum));
    }
    previous.forEach(
        (key, was) ->
            assertThat(changes.getOrDefault(key, 0L))
                .as("the ledger of %s", key)
                .isEqualTo(state.getOrDefault(key, 0L) - was));
  }

  private void assertReproduces(UsageStore store, ClosedPeriod closed) {
    var query = UsageQuery.days(closed.days()).account(closed.account());
    var then = figures(store, query.asOf(closed.closedAt()));
    assertThat(then.values().stream().mapToLong(Long::longValue).sum())
        .as("%s", closed)
        .isEqualTo(closed.totalBytes());
    try (var late = store.lateCorrections(closed)) {
      var change = late.mapToLong(each -> each.afterBytes() - each.beforeBytes()).sum();
      var now = figures(store, query).values().stream().mapToLong(Long::longValue).sum();
      assertThat(closed.totalBytes() + change).as("%s", closed).isEqualTo(now);
    }
  }

  private static Map<DeviceDay, Long> figures(UsageStore store, UsageQuery query) {
    var figures = new HashMap<DeviceDay, Long>();
    try (var rows = store.dailyUsage(query)) {
      rows.forEach(
          each ->
              figures.put(
                  new DeviceDay(each.account(), each.subject(), each.day()), each.totalBytes()));
    }
    return figures;
  }

  private static Clock at(Instant now) {
    return Clock.fixed(now, ZoneOffset.UTC);
  }
}
