package io.simtally.fleet.sync;

/** Hears how far a synchronization has come; by the threads of several carriers. */
@FunctionalInterface
public interface SyncListener {
  /** Hears nothing. */
  SyncListener NONE = progress -> {};

  /**
   * A carrier has come further.
   *
   * @param progress how far
   */
  void progressed(SyncProgress progress);

  /**
   * A carrier is still being asked which devices it has; nothing has been asked about them.
   *
   * @param provider which carrier
   * @param devices how many it has named so far
   */
  default void listing(String provider, long devices) {}
}
