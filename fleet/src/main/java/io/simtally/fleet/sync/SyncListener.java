package io.simtally.fleet.sync;

/** Receives the progress of a sync, on the threads of its accounts. */
@FunctionalInterface
public interface SyncListener {
  /** A listener that does nothing. */
  SyncListener NONE = progress -> {};

  /**
   * Called when an account has made progress.
   *
   * @param progress the progress of the account
   */
  void progressed(SyncProgress progress);

  /**
   * Called while the provider lists its devices, before any device is read.
   *
   * @param provider the provider
   * @param account the account
   * @param devices the number of devices so far
   */
  default void listing(String provider, String account, long devices) {}
}
