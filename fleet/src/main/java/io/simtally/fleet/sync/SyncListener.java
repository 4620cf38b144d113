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
}
