package io.simtally.examples.fleet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One carrier that the report can read: how it is called, switched on and opened. */
interface Carrier {

  /** The name that readers of the report see. */
  String name();

  /** The provider's name in usage records and in the devices file, for example {@code alef}. */
  String provider();

  /**
   * The environment variables that hold its credentials, as alternatives of which one is enough.
   */
  List<List<String>> credentials();

  /**
   * The provider whose figures include this one's for the same device, or null: such a device is
   * counted once, by that provider's figure.
   */
  default @Nullable String includedIn() {
    return null;
  }

  /** What the devices file must say, in words, or null if the carrier needs no devices. */
  default @Nullable String neededDevices() {
    return null;
  }

  /**
   * Whether it is to be read.
   *
   * @param hasCredentials whether any of its variables is set
   * @param listed the devices of all carriers
   */
  default boolean isWanted(boolean hasCredentials, DeviceList listed) {
    // With devices and no credentials it fails, and its client says what is missing.
    return hasCredentials || !listed.of(provider()).isEmpty();
  }

  /**
   * Checks that the carrier can be asked about a device of the devices file.
   *
   * @throws IllegalArgumentException if not; the message says what the carrier asks for
   */
  default void check(Device device) {}

  /**
   * Opens the API with the credentials of the environment.
   *
   * @param devices the devices to ask about, empty if none were given
   */
  UsageSource open(List<Device> devices);

  /** Opens a simulator of the API with a made-up fleet of that many devices. */
  UsageSource simulate(int devices, Period period);
}
