package io.simtally.simulator;

import java.time.LocalDate;

/**
 * The settings that all simulators share. Not thread-safe.
 *
 * @param <S> the simulator that is built
 * @param <B> the builder's own type, which its setters return
 */
public abstract sealed class SimulatorBuilder<
        S extends Simulator<S>, B extends SimulatorBuilder<S, B>>
    permits AlefSimulator.Builder,
        IotxSimulator.Builder,
        MasonSimulator.Builder,
        ThingSpaceSimulator.Builder {
  LocalDate firstDay = LocalDate.of(2026, 1, 1);
  LocalDate lastDay = LocalDate.of(2026, 1, 30);
  long seed = 1;

  SimulatorBuilder() {}

  /**
   * The days of UTC on which what is made up has usage, both included; January 1 to 30, 2026,
   * unless told.
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
   * What is made up depends on this and nothing else: with the same seed it is the same.
   *
   * @param number any number; 1 unless told
   * @return this builder
   */
  public final B seed(long number) {
    seed = number;
    return self();
  }

  /**
   * {@return a simulator with the settings made so far, which does not listen yet}
   *
   * @throws IllegalArgumentException if two members of the fleet share an identifier
   */
  public abstract S build();

  abstract B self();
}
