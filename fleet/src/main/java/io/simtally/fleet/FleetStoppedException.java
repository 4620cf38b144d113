package io.simtally.fleet;

import io.simtally.core.ApiException;

/**
 * Thrown when a run over a fleet ends before its last device because the remaining devices would
 * fail as well. It is thrown instead of the next result, after the results of all devices that were
 * asked about.
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

  /** {@return the failure that ended the run, which is also the result of a device} */
  public ApiException failure() {
    return failure;
  }

  /** {@return the number of devices with a result; the devices after them were not asked about} */
  public long done() {
    return done;
  }
}
