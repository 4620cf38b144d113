package io.simtally.fleet.source;

import io.simtally.core.CallListener;
import io.simtally.core.ClientBuilder;
import io.simtally.core.RateLimit;
import io.simtally.core.internal.Preconditions;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * How providers are asked.
 *
 * @param concurrency the number of concurrent calls, at least 1
 * @param rateLimit the requests per second, or null for no limit
 * @param listener receives the events of all calls
 * @param clock the current time, which decides the days that a provider still keeps
 */
public record SourceSettings(
    int concurrency, @Nullable RateLimit rateLimit, CallListener listener, Clock clock) {
  /** 64 concurrent calls, no rate limit, the system's clock. */
  public static final SourceSettings DEFAULT =
      new SourceSettings(64, null, CallListener.NONE, Clock.systemUTC());

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if anything but the rate limit is null, or the concurrency is
   *     not positive
   */
  public SourceSettings {
    Preconditions.positive("concurrency", concurrency);
    Preconditions.present("listener", listener);
    Preconditions.present("clock", clock);
  }

  /**
   * Sets the number of concurrent calls.
   *
   * @param calls the number, at least 1
   * @return new settings
   */
  public SourceSettings concurrency(int calls) {
    return new SourceSettings(calls, rateLimit, listener, clock);
  }

  /**
   * Sets the rate limit.
   *
   * @param limit the limit, or null for none
   * @return new settings
   */
  public SourceSettings rateLimit(@Nullable RateLimit limit) {
    return new SourceSettings(concurrency, limit, listener, clock);
  }

  /**
   * Sets the listener.
   *
   * @param callListener receives the events of all calls
   * @return new settings
   */
  public SourceSettings listener(CallListener callListener) {
    return new SourceSettings(concurrency, rateLimit, callListener, clock);
  }

  /**
   * Sets the clock.
   *
   * @param other the current time
   * @return new settings
   */
  public SourceSettings clock(Clock other) {
    return new SourceSettings(concurrency, rateLimit, listener, other);
  }

  /**
   * Applies these settings to the builder of a client.
   *
   * @param <B> the builder's type
   * @param builder the builder
   * @return the builder
   */
  public <B extends ClientBuilder<B>> B on(B builder) {
    var settled = builder.concurrency(concurrency).listener(listener);
    return rateLimit == null ? settled : settled.rateLimit(rateLimit);
  }
}
