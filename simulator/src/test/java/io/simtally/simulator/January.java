package io.simtally.simulator;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The month of the tests: a clock at its last day, and generated usage on the days before. */
public final class January {
  private January() {}

  public static <B extends SimulatorBuilder<?, B>> B of(B builder) {
    return builder
        .days(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 30))
        .clock(at("2026-01-31T12:00:00Z"));
  }

  public static Clock at(String moment) {
    return Clock.fixed(Instant.parse(moment), ZoneOffset.UTC);
  }
}
