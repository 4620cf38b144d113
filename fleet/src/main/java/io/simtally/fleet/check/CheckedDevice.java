package io.simtally.fleet.check;

import io.simtally.core.internal.Preconditions;
import org.jspecify.annotations.Nullable;

/**
 * A device that a service may be asked about.
 *
 * @param provider whose device it is, for example {@code mason-usage}
 * @param kind what its id is, for example {@code iccid}
 * @param id its number
 * @param account the account that it belongs to, or null where the provider needs none
 */
public record CheckedDevice(String provider, String kind, String id, @Nullable String account) {

  /**
   * Refuses what names no device.
   *
   * @throws IllegalArgumentException if the provider, the kind or the id is null, blank or holds a
   *     line break
   */
  public CheckedDevice {
    Preconditions.text("provider", provider);
    Preconditions.text("kind", kind);
    Preconditions.text("id", id);
  }

  /** Names no customer. */
  @Override
  public String toString() {
    return "CheckedDevice[" + provider + ", " + kind + "]";
  }
}
