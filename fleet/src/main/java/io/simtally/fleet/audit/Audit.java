package io.simtally.fleet.audit;

import io.simtally.core.DayRange;
import io.simtally.core.internal.Preconditions;
import io.simtally.fleet.account.Accounts;
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
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a random sample of settled device-days again and compares each with its figure in the
 * store. Writes nothing: a store that is {@linkplain UsageStore#openReadOnly open for reading}
 * serves.
 *
 * <p>Each settled device-day that its provider still keeps has the same chance, days without usage
 * included. In an account that is read as a whole, the devices are those that have a record in the
 * store. The requests obey the rate limits of the accounts. All chosen days of a device are one
 * request where the provider answers for the days from the first to the last at once, and an
 * account that is read as a whole needs one request for all devices of a day.
 *
 * <p>Immutable; each setter returns a new audit.
 */
public final class Audit {
  /**
   * The default size of the sample. If 1 % of all device-days have changed, 459 comparisons find a
   * change with a probability of 99 % (0.99<sup>459</sup> ≤ 0.01). The default keeps this promise
   * if up to 141 of the readings fail.
   */
  public static final int DEFAULT_SAMPLE = 600;

  private static final int CONCURRENCY = 64;

  private final UsageStore store;
  private final Options options;

  private Audit(UsageStore store, Options options) {
    this.store = store;
    this.options = options;
  }

  /** The settings. Only a copy that no audit has yet is changed. */
  private static final class Options {
    int sample = DEFAULT_SAMPLE;
    @Nullable Long seed;
    @Nullable DayRange days;
    @Nullable Integer settleAfterDays;
    int concurrency = CONCURRENCY;
    Clock clock = Clock.systemUTC();
    Origin origin = Origin.REAL;

    Options() {}

    Options(Options other) {
      sample = other.sample;
      seed = other.seed;
      days = other.days;
      settleAfterDays = other.settleAfterDays;
      concurrency = other.concurrency;
      clock = other.clock;
      origin = other.origin;
    }
  }

  private Audit with(Consumer<Options> change) {
    var changed = new Options(options);
    change.accept(changed);
    return new Audit(store, changed);
  }

  /**
   * Creates an audit of all days of a store.
   *
   * @param store the store; it is not closed
   * @return the audit
   * @throws IllegalArgumentException if the store is null
   */
  public static Audit of(UsageStore store) {
    return new Audit(Preconditions.present("store", store), new Options());
  }

  /**
   * Sets the number of device-days to compare. The default is {@value #DEFAULT_SAMPLE}. A store
   * with fewer device-days is compared as a whole.
   *
   * @param deviceDays the number, at least 1
   * @return a new audit
   * @throws IllegalArgumentException if the number is not positive
   */
  public Audit sample(int deviceDays) {
    var given = (int) Preconditions.positive("sample", deviceDays);
    return with(changed -> changed.sample = given);
  }

  /**
   * Sets the seed of the sample, which repeats the choice of another audit. By default each audit
   * chooses by a new seed, which {@link AuditResult#seed} returns.
   *
   * @param number any number
   * @return a new audit
   */
  public Audit seed(long number) {
    return with(changed -> changed.seed = number);
  }

  /**
   * Sets the days to choose from. The default is all days of the store.
   *
   * @param wanted the days
   * @return a new audit
   * @throws IllegalArgumentException if the days are null
   */
  public Audit days(DayRange wanted) {
    var given = Preconditions.present("days", wanted);
    return with(changed -> changed.days = given);
  }

  /**
   * Sets how many days after its end a day must have been read to be settled, for all sources.
   * Without it each source has its {@linkplain UsageSource#settleAfterDays own number}.
   *
   * @param daysAfter the number of days, at least 0
   * @return a new audit
   * @throws IllegalArgumentException if the number is negative
   */
  public Audit settleAfterDays(int daysAfter) {
    if (daysAfter < 0) {
      throw new IllegalArgumentException("settleAfterDays is negative: " + daysAfter);
    }
    return with(changed -> changed.settleAfterDays = daysAfter);
  }

  /**
   * Sets the number of devices of an account that are read at once. The default is 64.
   *
   * @param devicesAtOnce the number, at least 1
   * @return a new audit
   * @throws IllegalArgumentException if the number is not positive
   */
  public Audit concurrency(int devicesAtOnce) {
    var given = (int) Preconditions.positive("concurrency", devicesAtOnce);
    return with(changed -> changed.concurrency = given);
  }

  /**
   * Sets the clock, which decides the days that providers still keep. The default is the system's.
   *
   * @param other the current time
   * @return a new audit
   * @throws IllegalArgumentException if the clock is null
   */
  public Audit clock(Clock other) {
    var given = Preconditions.present("clock", other);
    return with(changed -> changed.clock = given);
  }

  /**
   * Declares the answers of the carriers as simulated. They are real by default.
   *
   * @return a copy that audits stores of simulated figures only
   */
  public Audit simulated() {
    return with(changed -> changed.origin = Origin.SIMULATED);
  }

  /**
   * Opens the sources of all accounts that are not open yet, by the clock of this audit, and audits
   * them as {@link #run(List)} does.
   *
   * @param accounts the accounts; they are not closed
   * @return the result of each source, in the order of {@link Accounts#sources}
   * @throws IllegalArgumentException if an account cannot be opened; no request is sent then
   * @throws StoreException as {@link #run(List)}
   * @throws CancellationException as {@link #run(List)}
   */
  public AuditResult run(Accounts accounts) {
    return run(Preconditions.present("accounts", accounts).sources(options.clock));
  }

  /**
   * Chooses device-days of the sources in the store, then reads all sources at once, each on its
   * own thread. A source that fails does not affect the others.
   *
   * @param sources the sources; they are not closed
   * @return the result of each source
   * @throws StoreException if the store cannot be read, or holds figures of the other {@linkplain
   *     Origin origin}; no request is sent then
   * @throws CancellationException if the thread is interrupted; the interrupt flag is kept
   */
  public AuditResult run(List<? extends UsageSource> sources) {
    var given = List.copyOf(Preconditions.present("sources", sources));
    requireOrigin();
    var chosen = options.seed == null ? ThreadLocalRandom.current().nextLong() : options.seed;
    return new AuditResult(chosen, read(sample(given, chosen)));
  }

  private void requireOrigin() {
    var stored = store.origin();
    if (stored.isPresent() && stored.get() != options.origin) {
      throw new StoreException(
          "the store "
              + store
              + (options.origin == Origin.REAL
                  ? " holds simulated figures, which no carrier can confirm"
                  : " holds real figures, which simulated carriers cannot confirm"),
          null);
    }
  }

  private DaySample sample(List<? extends UsageSource> sources, long chosenSeed) {
    try (var snapshot = store.snapshot()) {
      var settled = new ArrayList<SettledDays>();
      for (var source : sources) {
        var settling =
            options.settleAfterDays == null ? source.settleAfterDays() : options.settleAfterDays;
        settled.add(new SettledDays(snapshot, source, options.days, settling, options.clock));
      }
      return DaySample.draw(settled, options.sample, chosenSeed);
    }
  }

  private List<AccountAudit> read(DaySample drawn) {
    var results = new ArrayList<CompletableFuture<AccountAudit>>();
    var threads = new ArrayList<Thread>();
    for (var part : drawn.parts()) {
      var result = new CompletableFuture<AccountAudit>();
      var thread =
          new Thread(
              () -> {
                try {
                  result.complete(new AccountReader(part, options.concurrency).read());
                } catch (RuntimeException | Error e) {
                  result.completeExceptionally(e);
                }
              },
              "simtally-audit");
      thread.setDaemon(true);
      thread.start();
      results.add(result);
      threads.add(thread);
    }
    try {
      var audits = new ArrayList<AccountAudit>();
      for (var each : results) {
        audits.add(each.get());
      }
      return audits;
    } catch (InterruptedException e) {
      threads.forEach(Thread::interrupt);
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted: the audit is stopped");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    }
  }
}
