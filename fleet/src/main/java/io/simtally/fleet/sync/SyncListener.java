package io.simtally.fleet.sync;

/** Receives the progress of a sync, on the threads of its carriers. */
@FunctionalInterface
public interface SyncListener {
  /** A listener that does nothing. */
  SyncListener NONE = progress -> {};

  /**
   * Called when a carrier has made progress.
   *
   * @param progress the progress of the carrier
   */
  void progressed(SyncProgress progress);

  /**
   * Called while the provider lists its devices, before any device is read.
   *
   * @param provider the provider
   * @param devices the number of devices so far
   */
  default void listing(String provider, long devices) {}
}
