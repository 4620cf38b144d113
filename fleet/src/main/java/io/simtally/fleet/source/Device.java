package io.simtally.fleet.source;

import io.simtally.core.internal.Preconditions;
import io.simtally.fleet.store.UsageStore;
import org.jspecify.annotations.Nullable;

/**
 * A device that a carrier is asked about.
 *
 * @param kind what the identifier is, for example {@code iccid}
 * @param id the identifier, which is the subject of its usage records
 * @param account the account it belongs to, or null if the carrier need not be told
 */
public record Device(String kind, String id, @Nullable String account) {
  /** All of a carrier's account, where the carrier is not asked about single devices. */
  public static final Device ACCOUNT = new Device("account", UsageStore.ACCOUNT, null);

  /**
   * Refuses what identifies nothing.
   *
   * @throws IllegalArgumentException if the kind or the id is null, blank or holds a line break
   */
  public Device {
    Preconditions.text("kind", kind);
    Preconditions.text("id", id);
  }

  /**
   * A device whose carrier needs no account.
   *
   * @param kind what the identifier is
   * @param id the identifier
   */
  public Device(String kind, String id) {
    this(kind, id, null);
  }

  /** {@return whether this stands for a whole account} */
  public boolean isAccount() {
    return id.equals(UsageStore.ACCOUNT);
  }

  /** {@return kind and identifier, which tell a device from all others} */
  @Override
  public String toString() {
    return isAccount() ? "the whole account" : kind + " " + id;
  }
}
