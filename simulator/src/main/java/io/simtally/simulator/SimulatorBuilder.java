package io.simtally.simulator;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The settings that all simulators share. Not thread-safe.
 *
 * @param <S> the simulator that is built
 * @param <B> the builder's own type, which its setters return
 */
public abstract class SimulatorBuilder<S extends Simulator<S>, B extends SimulatorBuilder<S, B>> {
  private static final int DEFAULT_DAYS = 30;

  private @Nullable LocalDate firstDay;
  private @Nullable LocalDate lastDay;
  private Clock clock = Clock.systemUTC();
  private long seed = 1;

  /** For the simulators. */
  protected SimulatorBuilder() {}

  /**
   * The days of UTC on which what is made up has usage, both included; by default the last thirty
   * that are over.
   *
   * @param first the first day with usage
   * @param last the last day with usage, not before the first
   * @return this builder
   * @throws IllegalArgumentException if the last is before the first
   */
  public final B days(LocalDate first, LocalDate last) {
    if (last.isBefore(first)) {
      throw new IllegalArgumentException("days end on " + last + " before they start: " + first);
    }
    firstDay = first;
    lastDay = last;
    return self();
  }

  /**
   * What tells the simulator the time: when tokens expire, what is too old to be kept, which days
   * are over. The system's clock by default.
   *
   * @param source read at each request
   * @return this builder
   */
  public final B clock(Clock source) {
    clock = Objects.requireNonNull(source, "clock");
    return self();
  }

  /**
   * What is made up depends on this and its days, nothing else: with the same seed it is the same.
   *
   * @param number any number; 1 by default
   * @return this builder
   */
  public final B seed(long number) {
    seed = number;
    return self();
  }

  /**
   * {@return a simulator with the settings made so far, which does not listen yet}
   *
   * @throws IllegalArgumentException if two members that were added share an identifier
   */
  public abstract S build();

  /** {@return this builder, in its own type} */
  protected abstract B self();

  /** {@return what tells the time} */
  protected final Clock clock() {
    return clock;
  }

  /** {@return what is made up depends on} */
  protected final long seed() {
    return seed;
  }

  /** {@return the first day with usage} */
  protected final LocalDate firstDay() {
    return firstDay == null ? today().minusDays(DEFAULT_DAYS) : firstDay;
  }

  /** {@return the last day with usage} */
  protected final LocalDate lastDay() {
    return lastDay == null ? today().minusDays(1) : lastDay;
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
