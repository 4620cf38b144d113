package io.simtally.simulator;

import io.simtally.simulator.internal.SeededFleet;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The settings that all simulators share. Not thread-safe.
 *
 * <p>Each setter returns this builder. A setter refuses a blank text or a number out of the
 * documented range with an {@link IllegalArgumentException} that names the setting.
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
   * Sets the days of UTC with generated usage; by default the last thirty whole days.
   *
   * @param first the first day with usage
   * @param last the last day with usage, not before the first
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
   * Sets the clock, which decides when tokens expire, how old the oldest usage is, and which days
   * are complete. The system's clock by default.
   *
   * @param source read at each request
   */
  public final B clock(Clock source) {
    clock = Objects.requireNonNull(source, "clock");
    return self();
  }

  /**
   * Sets the seed. Generated identifiers and usage depend on the seed and the days only.
   *
   * @param number any number; 1 by default
   */
  public final B seed(long number) {
    seed = number;
    return self();
  }

  /**
   * {@return a simulator with the current settings, which does not listen yet}
   *
   * @throws IllegalArgumentException if two added members share an identifier
   */
  public abstract S build();

  @SuppressWarnings("unchecked") // B is the type of the builder itself.
  private B self() {
    return (B) this;
  }

  /** {@return the clock} */
  protected final Clock clock() {
    return clock;
  }

  /** {@return the seed} */
  protected final long seed() {
    return seed;
  }

  /**
   * {@return the generated members}
   *
   * @param size the number of members
   * @param stream separates the figures of the providers with the same seed
   */
  protected final SeededFleet seeded(int size, String stream) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return new SeededFleet(
        size,
        seed,
        stream,
        firstDay == null ? today.minusDays(DEFAULT_DAYS) : firstDay,
        lastDay == null ? today.minusDays(1) : lastDay);
  }
}
