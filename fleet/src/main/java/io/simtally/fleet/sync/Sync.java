package io.simtally.fleet.sync;

import io.simtally.core.DayRange;
import io.simtally.core.internal.Preconditions;
import io.simtally.fleet.account.Accounts;
import io.simtally.fleet.source.UsageSource;
import io.simtally.fleet.store.Failure;
import io.simtally.fleet.store.Origin;
import io.simtally.fleet.store.StoreException;
import io.simtally.fleet.store.UsageStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the days that a store lacks: days that were never read, and days that were read before they
 * were settled. Readings are written in batches, each device as a whole, so that a run that is
 * killed and started again loses nothing and counts nothing twice. Memory does not grow with the
 * fleet. Immutable; each setter returns a new sync.
 */
public final class Sync {
  private static final int CONCURRENCY = 64;
  private static final int PERIOD = 30;

  private final UsageStore store;
  private final Options options;

  private Sync(UsageStore store, Options options) {
    this.store = store;
    this.options = options;
  }

  /** The settings. Only a copy that no sync has yet is changed. */
  private static final class Options {
    @Nullable DayRange days;
    @Nullable Integer settleAfterDays;
    int concurrency = CONCURRENCY;
    SyncListener listener = SyncListener.NONE;
    BooleanSupplier stopped = () -> false;
    Clock clock = Clock.systemUTC();
    Origin origin = Origin.REAL;
    AcceptedLosses accepted = AcceptedLosses.NONE;

    Options() {}

    Options(Options other) {
      days = other.days;
      settleAfterDays = other.settleAfterDays;
      concurrency = other.concurrency;
      listener = other.listener;
      stopped = other.stopped;
      clock = other.clock;
      origin = other.origin;
      accepted = other.accepted;
    }
  }

  private Sync with(Consumer<Options> change) {
    var changed = new Options(options);
    change.accept(changed);
    return new Sync(store, changed);
  }

  /**
   * Creates a sync of the last thirty whole days by its {@linkplain #clock clock}.
   *
   * @param store the store; it is not closed
   * @return the sync
   * @throws IllegalArgumentException if the store is null
   */
  public static Sync into(UsageStore store) {
    return new Sync(Preconditions.present("store", store), new Options());
  }

  /**
   * Sets the days to read.
   *
   * @param wanted the days
   * @return a new sync
   * @throws IllegalArgumentException if the days are null
   */
  public Sync days(DayRange wanted) {
    var given = Preconditions.present("days", wanted);
    return with(changed -> changed.days = given);
  }

  /**
   * Sets how many days after its end a day must be read to be settled, for all sources. Without it
   * each source has its {@linkplain UsageSource#settleAfterDays own number}. A day that has not
   * ended is never settled.
   *
   * @param daysAfter the number of days, at least 0
   * @return a new sync
   * @throws IllegalArgumentException if the number is negative
   */
  public Sync settleAfterDays(int daysAfter) {
    if (daysAfter < 0) {
      throw new IllegalArgumentException("settleAfterDays is negative: " + daysAfter);
    }
    return with(changed -> changed.settleAfterDays = daysAfter);
  }

  /**
   * Sets the number of devices of an account that are read at once. The default is 64.
   *
   * @param devicesAtOnce the number, at least 1
   * @return a new sync
   * @throws IllegalArgumentException if the number is not positive
   */
  public Sync concurrency(int devicesAtOnce) {
    var given = (int) Preconditions.positive("concurrency", devicesAtOnce);
    return with(changed -> changed.concurrency = given);
  }

  /**
   * Sets the listener.
   *
   * @param syncListener receives the progress
   * @return a new sync
   * @throws IllegalArgumentException if the listener is null
   */
  public Sync listener(SyncListener syncListener) {
    var given = Preconditions.present("listener", syncListener);
    return with(changed -> changed.listener = given);
  }

  /**
   * Sets a condition that ends a run before its last device. Devices that are being read are still
   * read and stored.
   *
   * @param isStopped asked before each device; no device is begun after the first {@code true}
   * @return a new sync
   * @throws IllegalArgumentException if the condition is null
   */
  public Sync stopWhen(BooleanSupplier isStopped) {
    var given = Preconditions.present("stopWhen", isStopped);
    return with(changed -> changed.stopped = given);
  }

  /**
   * Sets the clock, which also decides the default days and, for {@link Accounts}, the days that
   * providers still keep. The default is the system's.
   *
   * @param other the current time
   * @return a new sync
   * @throws IllegalArgumentException if the clock is null
   */
  public Sync clock(Clock other) {
    var given = Preconditions.present("clock", other);
    return with(changed -> changed.clock = given);
  }

  /**
   * Declares the figures of the carriers as simulated. They are real by default.
   *
   * @return a copy whose runs write into stores of simulated figures only
   */
  public Sync simulated() {
    return with(changed -> changed.origin = Origin.SIMULATED);
  }

  /**
   * Writes all readings, even those that remove stored usage. Without this, a reading that removes
   * all usage of a device in its days, or more than half of the devices or bytes of an account on a
   * day, is held back: the store keeps its figures, gets a failure of kind {@link Failure#HELD},
   * and the run is not complete. A sync reads a held day again until its settling time is over.
   * With this it also reads the days that were held back before. The ledger keeps the removed
   * figures in any case.
   *
   * @return a new sync
   */
  public Sync acceptLosses() {
    return with(changed -> changed.accepted = AcceptedLosses.ALL);
  }

  /**
   * Writes all readings of some devices, as {@link #acceptLosses()} does for all devices.
   *
   * @param subjects the subjects, as in usage records; {@link UsageStore#ACCOUNT} for readings of
   *     whole accounts
   * @return a new sync
   * @throws IllegalArgumentException if the subjects are null
   */
  public Sync acceptLosses(Collection<String> subjects) {
    var losses = AcceptedLosses.of(subjects);
    return with(changed -> changed.accepted = losses);
  }

  /**
   * Opens the sources of all accounts that are not open yet, by the clock of this sync, and reads
   * them as {@link #run(List)} does.
   *
   * @param accounts the accounts; they are not closed
   * @return the result of each source, in the order of {@link Accounts#sources}
   * @throws IllegalArgumentException if an account cannot be opened, or {@linkplain
   *     Accounts#renames may be an account of the store} under a new name; no request is sent then
   * @throws StoreException as {@link #run(List)}
   * @throws CancellationException as {@link #run(List)}
   */
  public SyncResult run(Accounts accounts) {
    var renames = Preconditions.present("accounts", accounts).renames(store.accounts());
    var sources = accounts.sources(options.clock);
    if (!renames.isEmpty()) {
      store.claim(options.origin);
      renames.forEach(store::renameAccount);
    }
    return run(sources);
  }

  /**
   * Reads all sources at once, each on its own thread. A source that fails does not affect the
   * others.
   *
   * @param sources the sources; they are not closed
   * @return the result of each source
   * @throws IllegalArgumentException if two sources have one provider and one account
   * @throws StoreException if the store fails; all sources are stopped then, and none reads or
   *     writes any longer when this method returns. Also if the store holds figures of the other
   *     {@linkplain Origin origin}; no request is sent then
   * @throws CancellationException if the thread is interrupted; all sources are stopped, and the
   *     interrupt flag is kept
   */
  public SyncResult run(List<? extends UsageSource> sources) {
    var ending = new AtomicBoolean();
    BooleanSupplier ended = () -> ending.get() || options.stopped.getAsBoolean();
    var running = new ArrayList<CompletableFuture<CarrierResult>>();
    requireDistinct(Preconditions.present("sources", sources));
    var wanted = options.days == null ? DayRange.last(PERIOD, options.clock) : options.days;
    store.claim(options.origin);
    var writer = new BatchWriter(store, options.accepted);
    for (var source : sources) {
      var carrier = new CarrierSync(source, store, writer, settings(source, wanted, ended));
      running.add(begun(carrier, ending));
    }
    // Waits for all, also if one fails: none may write after the caller has closed the store.
    var all =
        CompletableFuture.allOf(running.toArray(CompletableFuture[]::new))
            .whenComplete((none, failure) -> writer.close());
    try {
      all.get();
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
    return new SyncResult(running.stream().map(CompletableFuture::join).toList());
  }

  /** Two sources of one account would replace each other's rows. */
  private static void requireDistinct(List<? extends UsageSource> sources) {
    var seen = new HashSet<List<String>>();
    for (var source : sources) {
      if (!seen.add(List.of(source.provider(), source.account()))) {
        throw new IllegalArgumentException(
            "two sources read the account %s of %s".formatted(source.account(), source.provider()));
      }
    }
  }

  private CarrierSync.Settings settings(
      UsageSource source, DayRange wanted, BooleanSupplier ended) {
    var settling =
        options.settleAfterDays == null ? source.settleAfterDays() : options.settleAfterDays;
    return new CarrierSync.Settings(
        wanted,
        settling,
        options.concurrency,
        options.listener,
        ended,
        options.clock,
        options.accepted);
  }

  private static CompletableFuture<CarrierResult> begun(CarrierSync carrier, AtomicBoolean ending) {
    var result = new CompletableFuture<CarrierResult>();
    var thread =
        new Thread(
            () -> {
              try {
                result.complete(carrier.run());
              } catch (RuntimeException | Error e) {
                // The store has failed for all accounts.
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
