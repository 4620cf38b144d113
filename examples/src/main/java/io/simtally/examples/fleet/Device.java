package io.simtally.examples.fleet;

import org.jspecify.annotations.Nullable;

/**
 * A device that a carrier is asked about.
 *
 * @param kind what the identifier is, for example {@code iccid}
 * @param id the identifier
 * @param account the account it belongs to, or null if the carrier need not be told
 */
record Device(String kind, String id, @Nullable String account) {

  Device(String kind, String id) {
    this(kind, id, null);
  }

  /** Without the account: kind and identifier tell a device from all others. */
  @Override
  public String toString() {
    return kind + " " + id;
  }
}
