package io.simtally.fleet;

import io.simtally.core.ApiException;

/**
 * A run over a fleet ended before its last device, since going on would fail for the others as
 * well. Thrown in the place of the next result, when every device that was asked about has one.
 */
public final class FleetStoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The failure that ended the run. */
  private final ApiException failure;

  /** How many devices have a result. */
  private final long done;

  FleetStoppedException(String reason, long done, ApiException failure) {
    super(
        "stopped after "
            + done
            + " devices, the others were not asked about: "
            + reason
            + "; "
            + failure.getMessage(),
        failure);
    this.failure = failure;
    this.done = done;
  }

  /** {@return the failure that ended the run, which a device's result has as well} */
  public ApiException failure() {
    return failure;
  }

  /** {@return how many devices have a result; those behind them were not asked about} */
  public long done() {
    return done;
  }
}
