package io.simtally.fleet.sync;

import io.simtally.fleet.FleetProgress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a sync for one account. For a provider that reports a whole account at once, days
 * are counted instead of devices.
 *
 * @param provider the provider
 * @param account the account
 * @param done the number of devices that are read, have failed or lack nothing
 * @param settled the number of devices that lack nothing, for which no request was sent
 * @param failed the number of devices that have failed
 * @param records the number of records read
 * @param expected the number of all devices, or null if it is not known
 * @param elapsed the time since the start
 */
public record SyncProgress(
    String provider,
    String account,
    long done,
    long settled,
    long failed,
    long records,
    @Nullable Long expected,
    Duration elapsed) {
  /** {@return how many devices are read per second, zero at the start} */
  public double devicesPerSecond() {
    return asked().devicesPerSecond();
  }

  /** {@return how long the remaining devices take at this rate, if it can be estimated} */
  public Optional<Duration> timeLeft() {
    return asked().timeLeft();
  }

  /** Leaves out the devices without a request, which say nothing about the rate. */
  private FleetProgress asked() {
    var toAsk = expected == null ? null : (Long) (expected - settled);
    return new FleetProgress(done - settled, failed, records, toAsk, elapsed);
  }
}
