package io.simtally.fleet.source;

import io.simtally.core.CallListener;
import io.simtally.core.ClientBuilder;
import io.simtally.core.RateLimit;
import io.simtally.core.internal.Preconditions;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * How carriers are asked.
 *
 * @param concurrency how many calls are under way at once, at least 1
 * @param rateLimit how many requests are sent per second at most, or null for no limit of ours
 * @param listener hears of the calls
 * @param clock tells which days a provider still keeps
 */
public record SourceSettings(
    int concurrency, @Nullable RateLimit rateLimit, CallListener listener, Clock clock) {
  /** 64 calls at once, without a rate limit, by the system's clock. */
  public static final SourceSettings DEFAULT =
      new SourceSettings(64, null, CallListener.NONE, Clock.systemUTC());

  /**
   * Refuses what makes no sense.
   *
   * @throws IllegalArgumentException if anything but the rate limit is null, or the concurrency not
   *     positive
   */
  public SourceSettings {
    Preconditions.positive("concurrency", concurrency);
    Preconditions.present("listener", listener);
    Preconditions.present("clock", clock);
  }

  /**
   * The same with another number of calls at once.
   *
   * @param calls how many, at least 1
   * @return new settings
   */
  public SourceSettings concurrency(int calls) {
    return new SourceSettings(calls, rateLimit, listener, clock);
  }

  /**
   * The same with another rate limit.
   *
   * @param limit the limit, or null for none
   * @return new settings
   */
  public SourceSettings rateLimit(@Nullable RateLimit limit) {
    return new SourceSettings(concurrency, limit, listener, clock);
  }

  /**
   * The same with a listener.
   *
   * @param callListener whom to tell
   * @return new settings
   */
  public SourceSettings listener(CallListener callListener) {
    return new SourceSettings(concurrency, rateLimit, callListener, clock);
  }

  /**
   * The same by another clock.
   *
   * @param other the clock
   * @return new settings
   */
  public SourceSettings clock(Clock other) {
    return new SourceSettings(concurrency, rateLimit, listener, other);
  }

  <B extends ClientBuilder<B>> B on(B builder) {
    var settled = builder.concurrency(concurrency).listener(listener);
    return rateLimit == null ? settled : settled.rateLimit(rateLimit);
  }
}
