package io.simtally.benchmarks.books;

import io.simtally.core.DayRange;
import io.simtally.fleet.store.ClosedPeriod;
import io.simtally.fleet.store.Correction;
import io.simtally.fleet.store.Failure;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageReader;
import io.simtally.fleet.store.UsageStore;
import io.simtally.fleet.sync.PeriodClose;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Months of daily syncs of five simulated carriers into one store. Each run is compared with what
 * the carriers responded, some runs are killed, months are closed, and at the end the figures as of
 * each run are compared with a ledger of the model's own.
 */
final class BooksRun {
  private static final int CLOSING_DAY = 20;
  private static final int ACCEPTING_PERIOD = 15;

  private final ModelUsage usage;
  private final int days;
  private final int interval;
  private final Kills kills;

  /** How many moments all days are compared as of. */
  private final int wholeComparisons;

  private final List<KnownFigures> known;
  private final List<List<String>> subjects;
  private final Map<String, DeviceOf> devices = new HashMap<>();

  /** The digest of the figures of each closed period, as of its closing. */
  private final Map<ClosedPeriod, String> closed = new LinkedHashMap<>();

  private final Random random;
  private long requests;
  private long plainRequests;
  private long heldReadings;
  private long compared;
  private long corrections;
  private int refusedClosings;

  BooksRun(ModelUsage usage, int days, int interval, Kills kills, int wholeComparisons) {
    this.usage = usage;
    this.days = days;
    this.interval = interval;
    this.kills = kills;
    this.wholeComparisons = wholeComparisons;
    this.random = new Random(usage.seed());
    this.known =
        ModelCarrier.ALL.stream().map(each -> new KnownFigures(usage.devices(), days)).toList();
    this.subjects = ModelCarrier.ALL.stream().map(usage::subjects).toList();
    for (var carrier : ModelCarrier.ALL) {
      for (int device = 0; device < usage.devices(); device++) {
        devices.put(subject(carrier, device), new DeviceOf(carrier, device));
      }
    }
  }

  /**
   * Runs all days and compares the store with the model.
   *
   * @throws IllegalStateException if a figure differs
   */
  String run(String location) throws IOException, InterruptedException {
    var start = System.nanoTime();
    var store = UsageStore.open(location, Map.of());
    try {
      for (int today = interval; today <= days; today += interval) {
        for (int i = 0; i < kills.before(today); i++) {
          store = kills.kill(usage, today, store, location);
        }
        runDay(today, kills.before(today) > 0, store);
        if (today / interval % 10 == 0) {
          System.err.printf(Locale.ROOT, "day %s of %s, %s s%n", today, days, seconds(start));
        }
      }
      var synced = seconds(start);
      require(
          usage.behavior() != ModelUsage.Behavior.CORRECTS || heldReadings == 0,
          "%s readings are held back of carriers that only correct",
          heldReadings);
      compareMoments(store);
      System.err.printf(Locale.ROOT, "all moments compared, %s s%n", seconds(start));
      for (var each : closed.entrySet()) {
        requireReproduced(store, each.getKey(), each.getValue());
      }
      return report(synced, seconds(start));
    } finally {
      store.close();
    }
  }

  private static long seconds(long start) {
    return (System.nanoTime() - start) / 1_000_000_000;
  }

  private String report(long synced, long all) {
    var changes = known.stream().mapToLong(KnownFigures::changes).sum();
    return String.format(
        Locale.ROOT,
        "%s: %,d devices of each of %d carriers, %,d days; %,d kills, %,d of them of a process;"
            + " %,d device-days compared; %,d changed figures, %,d corrections; %,d readings held"
            + " back; %,d closed periods, %,d refused; requests %,d, %.4f of those of a"
            + " store that holds nothing back; %,d s with syncs, %,d s in all",
        usage.behavior(),
        usage.devices(),
        ModelCarrier.ALL.size(),
        days,
        kills.done(),
        kills.ofProcesses(),
        compared,
        changes,
        corrections,
        heldReadings,
        closed.size(),
        refusedClosings,
        requests,
        (double) requests / plainRequests,
        synced,
        all);
  }

  private void runDay(int today, boolean isKilled, UsageStore store) {
    var run = new ModelRun(usage, today, interval);
    var sync = run.sync(store, ModelRun.HOUR);
    var start = System.nanoTime();
    var result =
        (today / interval % ACCEPTING_PERIOD == 0 ? sync.acceptLosses() : sync).run(run.sources());
    kills.setMillisOfARun((System.nanoTime() - start) / 1_000_000);
    for (var each : result.carriers()) {
      require(each.failure() == null, "run %s: %s", today, String.valueOf(each.failure()));
      heldReadings += each.held();
    }
    for (var source : run.sources()) {
      count(run, source, isKilled);
    }
    compare(run, isKilled, store);
    if (run.isFirstSince(CLOSING_DAY)) {
      close(run, store);
    }
  }

  private static void require(boolean condition, String message, Object... values) {
    if (!condition) {
      throw new IllegalStateException(message.formatted(values));
    }
  }

  /** Counts the requests of a run, and those of a store that holds nothing back. */
  private void count(ModelRun run, ModelSource source, boolean isKilled) {
    var carrier = source.carrier();
    var plain = 0L;
    for (int device = 0; device < (carrier.isWhole() ? 1 : usage.devices()); device++) {
      var isDropped = carrier == ModelCarrier.MASON && known(carrier).isKnown(device, run);
      if (isDropped || usage.isListed(carrier, device, run.today())) {
        plain +=
            known(carrier)
                .plainRequests(device, run, run.settleAfterDays(carrier), source.daysAtOnce());
      }
    }
    if (!isKilled) {
      requests += source.requests();
      plainRequests += plain;
    }
  }

  /** Compares all days of a run with the responses and with the state before. */
  private void compare(ModelRun run, boolean isKilled, UsageStore store) {
    var query = UsageQuery.days(run.days());
    var stored = stored(store, query);
    var covered = covered(store, query);
    var held = held(store, query);
    var noticed = noticed(store, query, run.today());
    for (var source : run.sources()) {
      var carrier = source.carrier();
      for (int device = 0; device < usage.devices(); device++) {
        for (int day = run.from(); day < run.today(); day++) {
          compare(
              new Observed(
                  run.today(),
                  source.subject(device),
                  ModelRun.date(day),
                  known(carrier).now(device, day),
                  stored.get(carrier, day)[device],
                  covered.get(carrier, day).get(device),
                  isAsked(source, device, ModelRun.date(day)),
                  source.response(device, ModelRun.date(day)),
                  held.get(carrier, day).get(device),
                  isKilled,
                  noticed.get(carrier, day)[device]));
          known(carrier)
              .set(
                  device,
                  day,
                  covered.get(carrier, day).get(device)
                      ? stored.get(carrier, day)[device]
                      : KnownFigures.UNKNOWN,
                  run.today());
        }
      }
    }
  }

  private String subject(ModelCarrier carrier, int device) {
    return subjects.get(carrier.ordinal()).get(device);
  }

  private KnownFigures known(ModelCarrier carrier) {
    return known.get(carrier.ordinal());
  }

  private record DeviceOf(ModelCarrier carrier, int number) {
    static final DeviceOf NONE = new DeviceOf(ModelCarrier.IOTX, -1);
  }

  /**
   * A day of a device after a run.
   *
   * @param was the bytes before the run
   * @param response the bytes of the response, if the carrier was asked
   * @param noticed the change that the ledger has of this run
   */
  private record Observed(
      int run,
      String subject,
      LocalDate day,
      long was,
      long bytes,
      boolean isCovered,
      boolean isAsked,
      long response,
      boolean isHeld,
      boolean isKilled,
      long noticed) {
    long is() {
      return isCovered ? bytes : KnownFigures.UNKNOWN;
    }

    /** Returns whether the figure is that of the response, or stayed for a reason. */
    boolean isAsTold() {
      if (!isAsked && !isKilled) {
        return is() == was;
      }
      return is() == response || (is() == was && (isHeld || !isAsked));
    }

    boolean isInTheLedger() {
      return noticed == (was == KnownFigures.UNKNOWN ? 0 : bytes - was);
    }
  }

  private void compare(Observed day) {
    compared++;
    require(day.isCovered() || day.bytes() == 0, "usage of an unread day: %s", day);
    require(day.isAsTold(), "a figure that no carrier told: %s", day);
    require(day.isInTheLedger(), "a change that the ledger does not have: %s", day);
  }

  private static boolean isAsked(ModelSource source, int device, LocalDate day) {
    for (var range : source.asked(source.carrier().isWhole() ? -1 : device)) {
      if (range.contains(day)) {
        return true;
      }
    }
    return false;
  }

  /** A value for each day of each carrier. */
  private static final class ByDay<T> {
    private final List<List<T>> values;
    private final int from;

    ByDay(DayRange days, Supplier<T> value) {
      this.from = ModelSource.number(days.from());
      this.values =
          ModelCarrier.ALL.stream()
              .map(each -> Stream.generate(value).limit(days.days()).toList())
              .toList();
    }

    T get(ModelCarrier carrier, int day) {
      return values.get(carrier.ordinal()).get(day - from);
    }
  }

  private ByDay<long[]> numbers(UsageQuery query) {
    return new ByDay<>(query.days().orElseThrow(), () -> new long[usage.devices()]);
  }

  /** Returns the bytes of each day of a query, by device. */
  private ByDay<long[]> stored(UsageReader store, UsageQuery query) {
    var stored = numbers(query);
    try (var rows = store.dailyUsage(query)) {
      rows.forEach(
          each -> {
            var device = device(each.provider(), each.account(), each.subject());
            stored.get(device.carrier(), ModelSource.number(each.day()))[device.number()] =
                each.totalBytes();
          });
    }
    return stored;
  }

  private DeviceOf device(String provider, String account, String subject) {
    var device = devices.getOrDefault(subject, DeviceOf.NONE);
    require(
        device.number() >= 0
            && device.carrier().provider().equals(provider)
            && device.carrier().account().equals(account),
        "%s is no device of %s, %s",
        subject,
        provider,
        account);
    return device;
  }

  /** Returns the devices that have been read on each day. */
  private ByDay<BitSet> covered(UsageReader store, UsageQuery query) {
    var covered = new ByDay<>(query.days().orElseThrow(), BitSet::new);
    try (var rows = store.coverage(query)) {
      rows.forEach(
          each ->
              mark(covered, each.provider(), each.account(), each.subject(), query, each.days()));
    }
    return covered;
  }

  private void mark(
      ByDay<BitSet> sets,
      String provider,
      String account,
      String subject,
      UsageQuery query,
      DayRange range) {
    for (var day : query.days().flatMap(range::overlap).map(DayRange::each).orElse(List.of())) {
      if (subject.equals(UsageStore.ACCOUNT)) {
        for (var carrier : ModelCarrier.ALL) {
          if (carrier.provider().equals(provider)) {
            sets.get(carrier, ModelSource.number(day)).set(0, usage.devices());
          }
        }
      } else {
        var device = device(provider, account, subject);
        sets.get(device.carrier(), ModelSource.number(day)).set(device.number());
      }
    }
  }

  private ByDay<BitSet> held(UsageReader store, UsageQuery query) {
    var held = new ByDay<>(query.days().orElseThrow(), BitSet::new);
    try (var rows = store.failures(query)) {
      rows.forEach(
          each -> {
            require(each.kind().equals(Failure.HELD), "%s", each);
            mark(held, each.provider(), each.account(), each.subject(), query, each.days());
          });
    }
    return held;
  }

  /** Returns the changes of this day that the ledger has, the killed run of the day included. */
  private ByDay<long[]> noticed(UsageReader store, UsageQuery query, int today) {
    var changes = numbers(query);
    var midnight = ModelRun.moment(today, 0);
    try (var rows = store.corrections(query)) {
      rows.filter(each -> each.noticedAt().isAfter(midnight))
          .forEach(
              each -> {
                corrections++;
                add(each, changes);
              });
    }
    return changes;
  }

  private void add(Correction change, ByDay<long[]> changes) {
    var device = device(change.provider(), change.account(), change.subject());
    changes.get(device.carrier(), ModelSource.number(change.day()))[device.number()] +=
        change.afterBytes() - change.beforeBytes();
  }

  /** Closes the month before, as a user does: first only if it is final. */
  private void close(ModelRun run, UsageStore store) {
    var month = DayRange.of(YearMonth.from(run.date()).minusMonths(1));
    if (month.from().isBefore(ModelUsage.FIRST)) {
      return;
    }
    var clock = Clock.fixed(ModelRun.moment(run.today(), ModelRun.HOUR + 1), ZoneOffset.UTC);
    var closing = PeriodClose.of(store, month).clock(clock);
    var result = closing.run();
    if (!result.isClosed()) {
      refusedClosings++;
      result = closing.incomplete().run();
    }
    require(result.closed().size() == ModelCarrier.ALL.size(), "%s", result.closed());
    for (var each : result.closed()) {
      closed.put(each, digest(store, each));
    }
  }

  /** Returns a digest of the rows of a closed period, in their order. */
  private static String digest(UsageReader store, ClosedPeriod period) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var query = UsageQuery.days(period.days()).account(period.account()).asOf(period.closedAt());
      try (var rows = store.dailyUsage(query)) {
        rows.forEach(each -> digest.update((each + "\n").getBytes(StandardCharsets.UTF_8)));
      }
      // The days that were known, not the ranges: a later reading can split them.
      var read = new TreeSet<String>();
      try (var rows = store.coverage(query)) {
        rows.forEach(each -> each.days().each().forEach(day -> read.add(each.subject() + day)));
      }
      digest.update(read.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void requireReproduced(UsageReader store, ClosedPeriod period, String digest) {
    require(digest(store, period).equals(digest), "%s is not reproduced", period);
    var query = UsageQuery.days(period.days()).account(period.account());
    require(sum(store, query.asOf(period.closedAt())) == period.totalBytes(), "%s", period);
    try (var late = store.lateCorrections(period)) {
      var change = late.mapToLong(each -> each.afterBytes() - each.beforeBytes()).sum();
      require(period.totalBytes() + change == sum(store, query), "late of %s", period);
    }
  }

  private static long sum(UsageReader store, UsageQuery query) {
    try (var rows = store.dailyUsage(query)) {
      return rows.mapToLong(each -> each.totalBytes()).sum();
    }
  }

  /** Compares one day as of each run, and all days as of some runs and of now. */
  private void compareMoments(UsageStore store) {
    var last = days / interval * interval;
    for (int run = interval; run <= last; run += interval) {
      var day = Math.max(0, run - 1 - random.nextInt(100));
      compareAsOf(store, run, DayRange.of(ModelRun.date(day)));
    }
    var all = DayRange.of(ModelUsage.FIRST, ModelRun.date(last - 1));
    for (int i = 1; i <= wholeComparisons; i++) {
      compareAsOf(store, last / interval * i / wholeComparisons * interval, all);
    }
    requireWholeLedger(store, UsageQuery.days(all));
  }

  private void compareAsOf(UsageReader store, int run, DayRange range) {
    var query = UsageQuery.days(range).asOf(asOf(run));
    var stored = stored(store, query);
    var covered = covered(store, query);
    for (var carrier : ModelCarrier.ALL) {
      for (var date : range.each()) {
        var day = ModelSource.number(date);
        var expected = known(carrier).after(run, day);
        for (int device = 0; device < expected.length; device++) {
          var isCovered = covered.get(carrier, day).get(device);
          var bytes = stored.get(carrier, day)[device];
          compared++;
          require(
              isCovered == (expected[device] != KnownFigures.UNKNOWN)
                  && bytes == Math.max(0, expected[device]),
              "as of run %s, %s on %s: expected %s, the store has %s, read: %s",
              run,
              subject(carrier, device),
              date,
              expected[device],
              bytes,
              isCovered);
        }
      }
    }
  }

  /** Returns a moment after a run and before the next one. */
  private Instant asOf(int run) {
    return ModelRun.moment(run, ModelRun.HOUR).plusSeconds(random.nextInt(22 * 3600));
  }

  /** Compares the changes in the ledger with those of each figure since it was first read. */
  private void requireWholeLedger(UsageReader store, UsageQuery query) {
    var changes = numbers(query);
    try (var rows = store.corrections(query)) {
      rows.forEach(each -> add(each, changes));
    }
    for (var carrier : ModelCarrier.ALL) {
      for (var date : query.days().orElseThrow().each()) {
        var day = ModelSource.number(date);
        for (int device = 0; device < usage.devices(); device++) {
          require(
              changes.get(carrier, day)[device] == known(carrier).changeSinceFirst(device, day),
              "the ledger of %s on %s",
              subject(carrier, device),
              date);
        }
      }
    }
  }
}
