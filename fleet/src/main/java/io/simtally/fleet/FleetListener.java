package io.simtally.fleet;

/** Receives the progress of a run over a fleet, on the thread that takes the results. */
@FunctionalInterface
public interface FleetListener {
  /** A listener that does nothing. */
  FleetListener NONE = progress -> {};

  /**
   * Called when a device has a result. An exception of this method is thrown by the iteration, and
   * the next step of the iteration returns the result.
   *
   * @param progress the progress, including the device
   */
  void progressed(FleetProgress progress);
}
