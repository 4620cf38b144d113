package io.simtally.fleet.sync;

import io.simtally.core.DayRange;
import io.simtally.core.internal.Preconditions;
import io.simtally.fleet.source.UsageSource;
import io.simtally.fleet.store.Origin;
import io.simtally.fleet.store.StoreException;
import io.simtally.fleet.store.UsageStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Reads what a store lacks of a period: days that were never read, and those that were read so soon
 * after their end that the carrier may still correct them. What has been read is written a batch at
 * a time, each device whole, so that a run that is killed and begun again loses nothing and counts
 * nothing twice. Memory does not grow with the fleet. Immutable; each setter returns a new one.
 */
public final class Sync {
  private static final int CONCURRENCY = 64;
  private static final int SETTLE_AFTER_DAYS = 3;
  private static final int PERIOD = 30;

  private final UsageStore store;
  private final DayRange days;
  private final int settleAfterDays;
  private final int concurrency;
  private final SyncListener listener;
  private final BooleanSupplier stopped;
  private final Clock clock;
  private final Origin origin;

  private Sync(
      UsageStore store,
      DayRange days,
      int settleAfterDays,
      int concurrency,
      SyncListener listener,
      BooleanSupplier stopped,
      Clock clock,
      Origin origin) {
    this.store = store;
    this.days = days;
    this.settleAfterDays = settleAfterDays;
    this.concurrency = concurrency;
    this.listener = listener;
    this.stopped = stopped;
    this.clock = clock;
    this.origin = origin;
  }

  /**
   * Begins with a store: for the last thirty days that are over, which are read again until three
   * days after their end.
   *
   * @param store where the numbers are kept; it is not closed
   * @return what to run
   * @throws IllegalArgumentException if it is null
   */
  public static Sync into(UsageStore store) {
    var clock = Clock.systemUTC();
    var yesterday = DayRange.dayOf(clock.instant()).minusDays(1);
    return new Sync(
        Preconditions.present("store", store),
        DayRange.of(yesterday.minusDays(PERIOD - 1), yesterday),
        SETTLE_AFTER_DAYS,
        CONCURRENCY,
        SyncListener.NONE,
        () -> false,
        clock,
        Origin.REAL);
  }

  /**
   * Which days are to be there.
   *
   * @param wanted the days
   * @return the same for these days
   * @throws IllegalArgumentException if it is null
   */
  public Sync days(DayRange wanted) {
    var given = Preconditions.present("days", wanted);
    return new Sync(store, given, settleAfterDays, concurrency, listener, stopped, clock, origin);
  }

  /**
   * How many days after its end a day must be read to count as settled. 3 by default.
   *
   * @param daysAfter how many, at least 0
   * @return the same with this number
   * @throws IllegalArgumentException if it is negative
   */
  public Sync settleAfterDays(int daysAfter) {
    if (daysAfter < 0) {
      throw new IllegalArgumentException("settleAfterDays is negative: " + daysAfter);
    }
    return new Sync(store, days, daysAfter, concurrency, listener, stopped, clock, origin);
  }

  /**
   * How many devices of each carrier are asked about at once. 64 by default.
   *
   * @param devicesAtOnce how many, at least 1
   * @return the same with this number
   * @throws IllegalArgumentException if it is not positive
   */
  public Sync concurrency(int devicesAtOnce) {
    var given = (int) Preconditions.positive("concurrency", devicesAtOnce);
    return new Sync(store, days, settleAfterDays, given, listener, stopped, clock, origin);
  }

  /**
   * Hears how far it has come.
   *
   * @param syncListener whom to tell
   * @return the same with a listener
   * @throws IllegalArgumentException if it is null
   */
  public Sync listener(SyncListener syncListener) {
    var given = Preconditions.present("listener", syncListener);
    return new Sync(store, days, settleAfterDays, concurrency, given, stopped, clock, origin);
  }

  /**
   * Ends a run before its last device: those under way are still read and stored.
   *
   * @param isStopped asked before each device; from the first {@code true} on no other is begun
   * @return the same, to be stopped
   * @throws IllegalArgumentException if it is null
   */
  public Sync stopWhen(BooleanSupplier isStopped) {
    var given = Preconditions.present("stopWhen", isStopped);
    return new Sync(store, days, settleAfterDays, concurrency, listener, given, clock, origin);
  }

  /**
   * By which clock days are over. The system's by default.
   *
   * @param other the clock
   * @return the same by this clock
   * @throws IllegalArgumentException if it is null
   */
  public Sync clock(Clock other) {
    var given = Preconditions.present("clock", other);
    return new Sync(store, days, settleAfterDays, concurrency, listener, stopped, given, origin);
  }

  /**
   * Declares the figures of the carriers as simulated. They are real by default.
   *
   * @return a copy whose runs write into stores of simulated figures only
   */
  public Sync simulated() {
    return new Sync(
        store, days, settleAfterDays, concurrency, listener, stopped, clock, Origin.SIMULATED);
  }

  /**
   * Reads all carriers at once, each on a thread of its own. One that fails does not lose the
   * others.
   *
   * @param sources the carriers, opened; they are not closed
   * @return what became of each
   * @throws StoreException if the store failed: the carriers were stopped then; or if the store
   *     holds figures of the other {@linkplain Origin origin}: no carrier was asked then
   * @throws CancellationException if the thread is interrupted: the carriers are stopped, the flag
   *     is kept
   */
  public SyncResult run(List<? extends UsageSource> sources) {
    var ending = new AtomicBoolean();
    BooleanSupplier ended = () -> ending.get() || stopped.getAsBoolean();
    var running = new ArrayList<CompletableFuture<CarrierResult>>();
    Preconditions.present("sources", sources);
    store.claim(origin);
    for (var source : sources) {
      running.add(begun(new CarrierSync(source, store, settings(ended)), ending));
    }
    var results = new ArrayList<CarrierResult>();
    try {
      for (var each : running) {
        results.add(each.get());
      }
    } catch (InterruptedException e) {
      ending.set(true);
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted: the run is stopped");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    }
    return new SyncResult(results);
  }

  private CarrierSync.Settings settings(BooleanSupplier ended) {
    return new CarrierSync.Settings(days, settleAfterDays, concurrency, listener, ended, clock);
  }

  private static CompletableFuture<CarrierResult> begun(CarrierSync carrier, AtomicBoolean ending) {
    var result = new CompletableFuture<CarrierResult>();
    var thread =
        new Thread(
            () -> {
              try {
                result.complete(carrier.run());
              } catch (RuntimeException | Error e) {
                // The store has failed, for all of them.
                ending.set(true);
                result.completeExceptionally(e);
              }
            },
            "simtally-sync");
    thread.setDaemon(true);
    thread.start();
    return result;
  }
}
