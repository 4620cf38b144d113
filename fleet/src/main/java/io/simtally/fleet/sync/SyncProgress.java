package io.simtally.fleet.sync;

import io.simtally.fleet.FleetProgress;
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
  /** {@return how many devices were read per second; zero at the beginning} */
  public double devicesPerSecond() {
    return asked().devicesPerSecond();
  }

  /** {@return how long the rest takes at this rate, if that can be told} */
  public Optional<Duration> timeLeft() {
    return asked().timeLeft();
  }

  /** Without the devices that nothing was asked about: they say nothing of the rate. */
  private FleetProgress asked() {
    var toAsk = expected == null ? null : (Long) (expected - settled);
    return new FleetProgress(done - settled, failed, records, toAsk, elapsed);
  }
}
