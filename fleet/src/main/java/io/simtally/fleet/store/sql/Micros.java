package io.simtally.fleet.store.sql;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Timestamps truncated to microseconds. A database would round them up, into the next day. */
public final class Micros {
  private static final long PER_SECOND = 1_000_000;
  private static final int NANOS = 1_000;

  private Micros() {}

  public static long of(Instant moment) {
    return moment.getEpochSecond() * PER_SECOND + moment.getNano() / NANOS;
  }

  public static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * NANOS);
  }

  public static Instant cut(Instant moment) {
    return moment.truncatedTo(ChronoUnit.MICROS);
  }
}
