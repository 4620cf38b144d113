package io.simtally.fleet.sync;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far the reading of one carrier has come. Where a carrier tells of its whole account at once,
 * its days are counted in the place of devices.
 *
 * @param provider which carrier
 * @param done how many devices have been read or could not be, or were settled before
 * @param settled how many of them the store had already, so that nothing was asked
 * @param failed how many of them could not be read
 * @param records how many records came
 * @param expected how many devices there are, or null if nobody knows
 * @param elapsed how long it has taken so far
 */
public record SyncProgress(
    String provider,
    long done,
    long settled,
    long failed,
    long records,
    @Nullable Long expected,
    Duration elapsed) {
  private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

  /** {@return how many devices were read per second; zero at the beginning} */
  public double devicesPerSecond() {
    var nanos = elapsed.toNanos();
    return nanos <= 0 ? 0 : (done - settled) * NANOS_PER_SECOND / nanos;
  }

  /** {@return how long the rest takes at this rate, if that can be told} */
  public Optional<Duration> timeLeft() {
    var rate = devicesPerSecond();
    if (expected == null || rate <= 0) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofMillis((long) (Math.max(0, expected - done) / rate * 1_000)));
  }
}
