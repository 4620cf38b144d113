package io.simtally.fleet.store;

import io.simtally.core.internal.Preconditions;
import org.jspecify.annotations.Nullable;

/**
 * The label and the group of a device, from the devices file of the latest run that listed it.
 *
 * @param provider the provider, as in usage records
 * @param account the account
 * @param subject the subject
 * @param label a name for people, or null
 * @param group a group of devices, or null
 */
public record StoredDevice(
    String provider,
    String account,
    String subject,
    @Nullable String label,
    @Nullable String group) {
  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if the provider, the account or the subject is null or blank
   */
  public StoredDevice {
    Preconditions.text("provider", provider);
    Preconditions.text("account", account);
    Preconditions.text("subject", subject);
  }

  /** {@return whether there is a label or a group} */
  public boolean isNamed() {
    return label != null || group != null;
  }
}
