package io.simtally.fleet.source;

import io.simtally.core.internal.Preconditions;
import io.simtally.fleet.store.UsageStore;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A device that a provider is asked about. A device is its kind and its id: an ESN and an MSISDN of
 * the same digits are two devices. The label and the group are for people, and two devices that
 * differ in them only are equal.
 *
 * @param kind the kind of the id in lower case, for example {@code iccid}
 * @param id the id
 * @param account the account of the device, or null if the provider does not need it
 * @param label a name for people, or null
 * @param group a group of devices such as a customer or a site, or null
 */
public record Device(
    String kind,
    String id,
    @Nullable String account,
    @Nullable String label,
    @Nullable String group) {
  /** The whole account of a carrier that is not asked about single devices. */
  public static final Device ACCOUNT = new Device("account", UsageStore.ACCOUNT, null);

  /**
   * Checks the parts, and turns the kind to lower case.
   *
   * @throws IllegalArgumentException if the kind or the id is null, blank or holds a line break, or
   *     the id is {@code *}, which is reserved for {@link #ACCOUNT}
   */
  public Device {
    kind = Preconditions.text("kind", kind).toLowerCase(Locale.ROOT);
    Preconditions.text("id", id);
    if (id.equals(UsageStore.ACCOUNT) && !(kind.equals("account") && account == null)) {
      throw new IllegalArgumentException("the id * of a device is reserved for a whole account");
    }
  }

  /**
   * Creates a device without a label.
   *
   * @param kind the kind of the id
   * @param id the id
   * @param account the account of the device, or null if the provider does not need it
   */
  public Device(String kind, String id, @Nullable String account) {
    this(kind, id, account, null, null);
  }

  /**
   * Creates a device whose provider does not need the account.
   *
   * @param kind the kind of the id
   * @param id the id
   */
  public Device(String kind, String id) {
    this(kind, id, null);
  }

  /** {@return whether this is a whole account} */
  public boolean isAccount() {
    return id.equals(UsageStore.ACCOUNT);
  }

  /**
   * Returns the subject of the usage records of this device. It depends on the kind and the id
   * only.
   *
   * <p>The subject is the id, except for kinds whose ids can have the digits of another kind, by
   * the lengths that ThingSpace M2M documents: an ESN has 11 digits like an MSISDN, a MEID or an
   * IMSI can have the digits of an IMEI. Their subject is {@code esn:…}, {@code meid:…} (in upper
   * case, since a MEID is hexadecimal) or {@code imsi:…}.
   *
   * @return the subject
   */
  public String subject() {
    return switch (kind) {
      case "esn", "imsi" -> kind + ":" + id;
      case "meid" -> kind + ":" + id.toUpperCase(Locale.ROOT);
      default -> id;
    };
  }

  /** {@return whether the other object is a device of this kind, id and account} */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Device device
        && kind.equals(device.kind)
        && id.equals(device.id)
        && Objects.equals(account, device.account);
  }

  /** {@return a hash of the kind, the id and the account} */
  @Override
  public int hashCode() {
    return Objects.hash(kind, id, account);
  }

  /** {@return the kind and the id} */
  @Override
  public String toString() {
    return isAccount() ? "the whole account" : kind + " " + id;
  }
}
