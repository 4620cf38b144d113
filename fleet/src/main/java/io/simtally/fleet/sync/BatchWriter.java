package io.simtally.fleet.sync;

import io.simtally.fleet.store.Failure;
import io.simtally.fleet.store.Reading;
import io.simtally.fleet.store.StoreException;
import io.simtally.fleet.store.UsageStore;
import io.simtally.fleet.store.UsageStore.GuardedWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Writes a batch on a thread of its own while the next batch is collected, so that calls do not
 * wait for the store. Only one batch is being written: memory stays bounded, and a store that is
 * slower than the provider slows the run down. Used by one thread.
 */
final class BatchWriter implements AutoCloseable {
  private final UsageStore store;
  private final int settleAfterDays;
  private final AcceptedLosses accepted;

  /** Written by the thread of the store, read after {@link #await}. */
  private final List<Failure> held = new ArrayList<>();

  private final List<GuardedWrite.Losing> losing = new ArrayList<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            var writer = new Thread(task, "simtally-store");
            writer.setDaemon(true);
            return writer;
          });

  private Future<?> writing = CompletableFuture.completedFuture(null);

  BatchWriter(UsageStore store, int settleAfterDays, AcceptedLosses accepted) {
    this.store = store;
    this.settleAfterDays = settleAfterDays;
    this.accepted = accepted;
  }

  /**
   * Writes a batch when the batch before it is stored.
   *
   * @throws StoreException if the batch before it could not be written
   */
  void write(List<Reading> readings, List<Failure> failures) {
    await();
    writing =
        thread.submit(
            () -> {
              write(readings);
              if (!failures.isEmpty()) {
                store.writeFailures(failures);
              }
            });
  }

  private void write(List<Reading> readings) {
    if (!readings.isEmpty()) {
      var unwritten = store.write(readings, settleAfterDays, accepted::contains);
      held.addAll(unwritten.held());
      losing.addAll(unwritten.losing());
    }
  }

  /**
   * Writes the readings that lower stored usage, after all devices of the account have been read:
   * only then is it known how much the account as a whole would lose. A run that ends before leaves
   * the days as they were; the next run reads them again, since they are not settled.
   *
   * @throws StoreException if they could not be written
   */
  void writeLosses() {
    await();
    if (!losing.isEmpty()) {
      held.addAll(store.writeLosses(losing, settleAfterDays));
      losing.clear();
    }
  }

  /** Returns what was held back. Called after {@link #await}. */
  List<Failure> held() {
    return held;
  }

  /**
   * Waits until all batches are stored.
   *
   * @throws StoreException if a batch could not be written
   */
  void await() {
    try {
      writing.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while the store was writing");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
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
