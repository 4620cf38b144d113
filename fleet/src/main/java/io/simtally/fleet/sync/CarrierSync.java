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
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Reads one carrier into the store. Used once, by one thread. */
final class CarrierSync {
  /**
   * A transaction holds no more, unless a single answer does: a row group of DuckDB, which costs
   * least when it comes whole.
   */
  private static final int BATCH_RECORDS = 122_880;

  /** So many that DuckDB, which looks through all records of the days, does so seldom. */
  private static final int BATCH_READINGS = 10_000;

  /** An answer about a whole account holds every device of it: few of them at once. */
  private static final int ACCOUNTS_AT_ONCE = 4;

  /** A batch is handed over no later after the one before. */
  private static final Duration BATCH_TIME = Duration.ofSeconds(5);

  private final UsageSource source;
  private final UsageStore store;
  private final Settings settings;
  private final List<Reading> readings = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private final List<DayRange> accountFailures = new ArrayList<>();
  private final BatchWriter writer;
  private final long started = System.nanoTime();

  private int recordsInBatch;
  private long written = started;
  private long done;
  private long settled;
  private long failed;
  private long records;
  private @Nullable Long expected;

  /**
   * What all carriers of a run have in common.
   *
   * @param isStopped whether no other device is to be begun
   */
  record Settings(
      DayRange days,
      int settleAfterDays,
      int concurrency,
      SyncListener listener,
      BooleanSupplier isStopped,
      Clock clock) {}

  CarrierSync(UsageSource source, UsageStore store, Settings settings) {
    this.source = source;
    this.store = store;
    this.settings = settings;
    this.writer = new BatchWriter(store, settings.settleAfterDays());
  }

  /**
   * Reads what the store lacks.
   *
   * @throws StoreException if the store failed
   */
  CarrierResult run() {
    try (writer) {
      return readAndWrite();
    }
  }

  private CarrierResult readAndWrite() {
    store.begin(source.provider(), settings.clock().instant());
    RuntimeException failure = null;
    try {
      readAll();
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      failure = e;
      failures.add(failure(Device.ACCOUNT, settings.days(), e));
    }
    flush();
    writer.await();
    var isStopped = settings.isStopped().getAsBoolean();
    if (failure == null && !isStopped) {
      store.removeAccountFailures(source.provider(), settings.days().without(accountFailures));
    }
    if (failure != null || !isStopped) {
      store.end(source.provider(), settings.clock().instant());
    }
    return new CarrierResult(progress(), isStopped && failure == null, failure);
  }

  private void readAll() {
    var devices =
        source.devices(
            settings.days(), named -> settings.listener().listing(source.provider(), named));
    expected = devices instanceof Collection<?> known ? (Long) (long) known.size() : null;
    var missing = new MissingDays(source, devices, store, settings, this::skipped);
    try (var run =
        Fleet.of(missing)
            .concurrency(isAccount(devices) ? accountsAtOnce() : settings.concurrency())
            .runAsync(task -> source.read(task.device(), task.days()))) {
      for (var result : run) {
        take(result);
      }
    }
  }

  private static boolean isAccount(Iterable<Device> devices) {
    return devices instanceof Collection<?> known
        && known.size() == 1
        && known.contains(Device.ACCOUNT);
  }

  private int accountsAtOnce() {
    return Math.min(ACCOUNTS_AT_ONCE, settings.concurrency());
  }

  /** Nothing was asked about these devices. */
  private void skipped(long devices) {
    done += devices;
    settled += devices;
    tell();
  }

  private void take(FleetResult<Task, List<UsageRecord>> result) {
    var task = result.device();
    done++;
    if (task.isFirstOfSeveral() && expected != null) {
      expected += task.parts() - 1;
    }
    if (result.failure() != null) {
      failed++;
      failures.add(failure(task.device(), task.days(), result.failure()));
    } else {
      var read = result.orThrow();
      if (recordsInBatch + read.size() > BATCH_RECORDS) {
        flush();
      }
      records += read.size();
      recordsInBatch += read.size();
      readings.add(
          new Reading(source.provider(), task.device().id(), task.days(), task.askedAt(), read));
    }
    if (readings.size() + failures.size() >= BATCH_READINGS
        || recordsInBatch >= BATCH_RECORDS
        || System.nanoTime() - written > BATCH_TIME.toNanos()) {
      flush();
    }
    tell();
  }

  private void flush() {
    if (readings.isEmpty() && failures.isEmpty()) {
      return;
    }
    writer.write(List.copyOf(readings), List.copyOf(failures));
    readings.clear();
    failures.clear();
    recordsInBatch = 0;
    written = System.nanoTime();
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
        source.provider(), device.id(), days, kind, message == null ? kind : message, now());
  }

  private Instant now() {
    return settings.clock().instant();
  }

  private void tell() {
    settings.listener().progressed(progress());
  }

  private SyncProgress progress() {
    return new SyncProgress(
        source.provider(),
        done,
        settled,
        failed,
        records,
        expected,
        Duration.ofNanos(System.nanoTime() - started));
  }
}
