package io.simtally.fleet.sync;

import io.simtally.core.ApiException;
import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.Fleet;
import io.simtally.fleet.FleetResult;
import io.simtally.fleet.FleetStoppedException;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.UsageSource;
import io.simtally.fleet.store.Failure;
import io.simtally.fleet.store.Reading;
import io.simtally.fleet.store.StoreException;
import io.simtally.fleet.store.UsageStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Reads the devices of one source into the store. Used once, by one thread. */
final class CarrierSync {
  /** A response about a whole account holds all its devices: few of them at once. */
  private static final int ACCOUNTS_AT_ONCE = 4;

  private final UsageSource source;
  private final UsageStore store;
  private final Settings settings;
  private final List<DayRange> accountFailures = new ArrayList<>();
  private final BatchWriter writer;
  private final BatchWriter.SyncedAccount account;
  private final long started = System.nanoTime();

  private long done;
  private long settled;
  private long failed;
  private long records;
  private @Nullable Long expected;
  private @Nullable MissingDays missing;

  /**
   * The settings of the run for this account.
   *
   * @param isStopped whether no other device is to be read
   */
  record Settings(
      DayRange days,
      int settleAfterDays,
      int concurrency,
      SyncListener listener,
      BooleanSupplier isStopped,
      Clock clock,
      AcceptedLosses accepted) {}

  CarrierSync(UsageSource source, UsageStore store, BatchWriter writer, Settings settings) {
    this.source = source;
    this.store = store;
    this.writer = writer;
    this.settings = settings;
    this.account =
        new BatchWriter.SyncedAccount(
            source.provider(), source.account(), settings.settleAfterDays());
  }

  /**
   * Reads the days that the store lacks.
   *
   * @throws StoreException if the store failed
   */
  CarrierResult run() {
    store.begin(source.provider(), source.account(), settings.clock().instant());
    RuntimeException failure = null;
    try {
      readAll();
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      failure = e;
      writer.add(failure(Device.ACCOUNT, settings.days(), e));
    }
    writer.writeAll();
    var isStopped = settings.isStopped().getAsBoolean();
    if (failure == null && !isStopped) {
      writer.writeLosses(account);
      for (var each : writer.held(account)) {
        if (each.subject().equals(UsageStore.ACCOUNT)) {
          accountFailures.add(each.days());
        }
      }
      accountFailures.addAll(missing == null ? List.of() : missing.heldForGood());
      store.removeAccountFailures(
          source.provider(), source.account(), settings.days().without(accountFailures));
    }
    if (failure != null || !isStopped) {
      store.end(source.provider(), source.account(), settings.clock().instant());
    }
    return new CarrierResult(
        progress(),
        isStopped && failure == null,
        failure,
        unavailable(),
        writer.held(account).size());
  }

  private void readAll() {
    var devices =
        source.devices(
            settings.days(),
            named -> settings.listener().listing(source.provider(), source.account(), named));
    expected = devices instanceof Collection<?> known ? (Long) (long) known.size() : null;
    missing = new MissingDays(source, devices, store, settings, this::skipped);
    try (var run =
        Fleet.of(missing)
            .concurrency(isAccount(devices) ? accountsAtOnce() : settings.concurrency())
            .runAsync(task -> source.read(task.device(), task.days()))) {
      for (var result : run) {
        take(result);
      }
    }
  }

  private @Nullable UnavailableDays unavailable() {
    return missing == null ? null : missing.unavailable();
  }

  private static boolean isAccount(Iterable<Device> devices) {
    return devices instanceof Collection<?> known
        && known.size() == 1
        && known.contains(Device.ACCOUNT);
  }

  private int accountsAtOnce() {
    return Math.min(ACCOUNTS_AT_ONCE, settings.concurrency());
  }

  /** Counts devices that lack nothing. */
  private void skipped(long devices) {
    done += devices;
    settled += devices;
    report();
  }

  private void take(FleetResult<Task, List<UsageRecord>> result) {
    var task = result.device();
    done++;
    if (task.isFirstOfSeveral() && expected != null) {
      expected += task.parts() - 1;
    }
    var failure = result.failure() == null ? overflow(task, result.orThrow()) : result.failure();
    if (failure != null) {
      failed++;
      writer.add(failure(task.device(), task.days(), failure));
    } else {
      var read = result.orThrow();
      records += read.size();
      var split = source.sourceRule().split(read);
      writer.add(
          account,
          new Reading(
              source.provider(),
              source.account(),
              task.device().subject(),
              task.days(),
              task.askedAt(),
              split.counted(),
              split.uncounted()));
    }
    report();
  }

  /** A day's sum that a long cannot hold would fail the batch, and with it all other devices. */
  private @Nullable ApiException overflow(Task task, List<UsageRecord> records) {
    var sum = 0L;
    for (var record : records) {
      sum += record.totalBytes();
      if (sum < 0) {
        return overflowOfADay(task, records);
      }
    }
    return null;
  }

  private @Nullable ApiException overflowOfADay(Task task, List<UsageRecord> records) {
    var days = new HashMap<String, Long>();
    for (var record : records) {
      var day = record.subject() + " on " + DayRange.dayOf(record.start());
      var sum = days.merge(day, record.totalBytes(), Long::sum);
      if (sum < 0) {
        return ApiException.builder(ApiException.Kind.UNREADABLE_RESPONSE)
            .provider(source.provider())
            .operation("sync")
            .reason(task.device() + ": the bytes of " + day + " are more than a long holds")
            .build();
      }
    }
    return null;
  }

  private Failure failure(Device device, DayRange days, RuntimeException why) {
    var cause = why instanceof FleetStoppedException stopped ? stopped.failure() : why;
    var kind =
        cause instanceof ApiException answer
            ? answer.kind().name()
            : cause.getClass().getSimpleName();
    var message = why.getMessage();
    if (device.isAccount()) {
      accountFailures.add(days);
    }
    return new Failure(
        source.provider(),
        source.account(),
        device.subject(),
        days,
        kind,
        message == null ? kind : message,
        now());
  }

  private Instant now() {
    return settings.clock().instant();
  }

  private void report() {
    settings.listener().progressed(progress());
  }

  private SyncProgress progress() {
    var all =
        expected == null || missing == null
            ? expected
            : (Long) (expected + missing.droppedDevices());
    return new SyncProgress(
        source.provider(),
        source.account(),
        done,
        settled,
        failed,
        records,
        all,
        Duration.ofNanos(System.nanoTime() - started));
  }
}
