package io.simtally.fleet.sync;

import io.simtally.fleet.store.Failure;
import io.simtally.fleet.store.Reading;
import io.simtally.fleet.store.StoreException;
import io.simtally.fleet.store.UsageStore;
import io.simtally.fleet.store.UsageStore.GuardedWrite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Collects the readings of all accounts of a run and writes them in batches, on a thread of its
 * own, so that calls do not wait for the store. One batch is collected while one is written: memory
 * does not grow with the number of accounts, and a store that is slower than the providers slows
 * the run down. Thread-safe.
 */
final class BatchWriter implements AutoCloseable {
  /**
   * A batch is written when it has this many records: a row group of DuckDB. A transaction with
   * fewer is written twice, into the log and then into the file.
   */
  private static final int ENOUGH_RECORDS = 122_880;

  /** DuckDB scans all records of the days for each transaction, so that few are better. */
  private static final int MOST_READINGS = 10_000;

  /** The longest time between two batches. */
  private static final Duration LONGEST_TIME = Duration.ofSeconds(5);

  private final UsageStore store;
  private final AcceptedLosses accepted;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            var writer = new Thread(task, "simtally-store");
            writer.setDaemon(true);
            return writer;
          });

  private Batch batch = new Batch();
  private Future<?> writing = CompletableFuture.completedFuture(null);
  private long written = System.nanoTime();

  /** The first failure of the store. */
  private volatile @Nullable Throwable failure;

  /** The parts of each account that were not written. Written by the thread of the store. */
  private final Map<SyncedAccount, Unwritten> unwritten = new LinkedHashMap<>();

  BatchWriter(UsageStore store, AcceptedLosses accepted) {
    this.store = store;
    this.accepted = accepted;
  }

  /** An account with the days after which its figures are settled. */
  record SyncedAccount(String provider, String account, int settleAfterDays) {}

  /** What the store did not write of an account. */
  private static final class Unwritten {
    private final List<Failure> held = new ArrayList<>();
    private final List<GuardedWrite.Losing> losing = new ArrayList<>();
  }

  /** What is written at once: the readings of each settling time in one transaction. */
  private static final class Batch {
    private final Map<Integer, List<Reading>> readings = new LinkedHashMap<>();
    private final List<Failure> failures = new ArrayList<>();
    private int entries;
    private int records;
  }

  /**
   * Adds a reading of an account, and writes the batch if it is full.
   *
   * @throws StoreException if the batch before it could not be written
   */
  synchronized void add(SyncedAccount account, Reading reading) {
    batch.records += reading.records().size() + reading.uncounted().size();
    batch.readings.computeIfAbsent(account.settleAfterDays, days -> new ArrayList<>()).add(reading);
    added();
  }

  /**
   * Adds a failure, and writes the batch if it is full.
   *
   * @throws StoreException if the batch before it could not be written
   */
  synchronized void add(Failure failure) {
    batch.failures.add(failure);
    added();
  }

  private void added() {
    batch.entries++;
    if (batch.entries >= MOST_READINGS
        || batch.records >= ENOUGH_RECORDS
        || System.nanoTime() - written > LONGEST_TIME.toNanos()) {
      flush();
    }
  }

  /** Writes the batch when the batch before it is stored. A store that has failed loses it. */
  private void flush() {
    var full = batch;
    batch = new Batch();
    written = System.nanoTime();
    await();
    start(full);
  }

  private void start(Batch full) {
    if (full.entries > 0) {
      writing = thread.submit(() -> write(full));
    }
  }

  private void write(Batch full) {
    try {
      full.readings.forEach(this::write);
      if (!full.failures.isEmpty()) {
        store.writeFailures(full.failures);
      }
    } catch (RuntimeException | Error e) {
      failure = failure == null ? e : failure;
    }
  }

  private void write(int settleAfterDays, List<Reading> readings) {
    try {
      writeAtOnce(settleAfterDays, readings);
    } catch (StoreException e) {
      var accounts =
          readings.stream()
              .collect(Collectors.groupingBy(each -> List.of(each.provider(), each.account())));
      if (accounts.size() > 1) {
        accounts.values().forEach(each -> writeAlone(settleAfterDays, each));
      }
      throw e;
    }
  }

  /** A reading that the store refuses must not keep the readings of other accounts out of it. */
  private void writeAlone(int settleAfterDays, List<Reading> readings) {
    try {
      writeAtOnce(settleAfterDays, readings);
    } catch (StoreException again) {
      // The run fails with the exception of all accounts.
    }
  }

  private void writeAtOnce(int settleAfterDays, List<Reading> readings) {
    var left = store.write(readings, settleAfterDays, accepted::contains);
    synchronized (unwritten) {
      for (var each : left.held()) {
        unwritten(each.provider(), each.account(), settleAfterDays).held.add(each);
      }
      for (var each : left.losing()) {
        var reading = each.reading();
        unwritten(reading.provider(), reading.account(), settleAfterDays).losing.add(each);
      }
    }
  }

  private Unwritten unwritten(String provider, String account, int settleAfterDays) {
    return unwritten.computeIfAbsent(
        new SyncedAccount(provider, account, settleAfterDays), key -> new Unwritten());
  }

  /**
   * Writes all that was added, also after a batch that could not be written.
   *
   * @throws StoreException if a batch could not be written
   */
  synchronized void writeAll() {
    start(batch);
    batch = new Batch();
    await();
  }

  /**
   * Writes the readings that lower stored usage, after all devices of the account have been read:
   * only then is it known how much the account as a whole would lose. A run that ends before leaves
   * the days as they were; the next run reads them again, since they are not settled.
   *
   * @throws StoreException if they could not be written
   */
  void writeLosses(SyncedAccount account) {
    var left = left(account);
    if (!left.losing.isEmpty()) {
      left.held.addAll(store.writeLosses(left.losing, account.settleAfterDays));
      left.losing.clear();
    }
  }

  /** Returns what was held back of an account. Called after {@link #writeAll}. */
  List<Failure> held(SyncedAccount account) {
    return left(account).held;
  }

  private Unwritten left(SyncedAccount account) {
    synchronized (unwritten) {
      return unwritten(account.provider, account.account, account.settleAfterDays);
    }
  }

  private void await() {
    try {
      writing.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while the store was writing");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw (RuntimeException) failure;
    }
  }

  /** Waits for the batch that is being written, then ends the thread. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
