package io.simtally.fleet;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a run over a fleet has come.
 *
 * @param done how many devices have a result, those that failed included
 * @param failed how many of them have no answer
 * @param rows how many rows the answers brought; an answer that is no list or page counts as one
 * @param expected how many devices there are, or null if nobody knows
 * @param elapsed how long the run has taken so far
 */
public record FleetProgress(
    long done, long failed, long rows, @Nullable Long expected, Duration elapsed) {
  private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

  /** {@return how many devices were done per second, over the whole run; zero at its beginning} */
  public double devicesPerSecond() {
    var nanos = elapsed.toNanos();
    return nanos <= 0 ? 0 : done * NANOS_PER_SECOND / nanos;
  }

  /**
   * {@return how long the rest takes at this rate; empty while nobody knows how many devices there
   * are, or nothing is done}
   */
  public Optional<Duration> timeLeft() {
    var rate = devicesPerSecond();
    if (expected == null || rate <= 0) {
      return Optional.empty();
    }
    var left = Math.max(0, expected - done);
    return Optional.of(Duration.ofMillis((long) (left / rate * 1_000)));
  }
}
