package io.simtally.fleet;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a run over a fleet.
 *
 * @param done the number of devices with a result, including failures
 * @param failed the number of devices that failed
 * @param rows the number of rows in the responses; a response that is no list or page counts as one
 * @param expected the number of all devices, or null if it is not known
 * @param elapsed the time since the start
 */
public record FleetProgress(
    long done, long failed, long rows, @Nullable Long expected, Duration elapsed) {
  private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

  /** {@return how many devices had a result per second, over the whole run; zero at the start} */
  public double devicesPerSecond() {
    var nanos = elapsed.toNanos();
    return nanos <= 0 ? 0 : done * NANOS_PER_SECOND / nanos;
  }

  /**
   * {@return how long the remaining devices take at this rate; empty if the number of devices is
   * not known or no device has a result}
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
