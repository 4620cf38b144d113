package io.simtally.fleet;

/** Hears how far a run over a fleet has come. Called by the thread that takes the results. */
@FunctionalInterface
public interface FleetListener {
  /** Hears nothing. */
  FleetListener NONE = progress -> {};

  /**
   * One more device has a result. What this throws comes out of the iteration, whose next step
   * brings the result.
   *
   * @param progress how far the run has come, the device included
   */
  void progressed(FleetProgress progress);
}
