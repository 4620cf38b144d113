package io.simtally.fleet.source;

import io.simtally.core.DayRange;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One carrier that can be read: how it is called, which variables switch it on, how it is opened.
 */
public interface Carrier {
  /** {@return the name for people, {@code ThingSpace M2M}} */
  String name();

  /** {@return the name in usage records and in lists of devices, {@code thingspace-m2m}} */
  String provider();

  /** {@return the variables of its credentials, as alternatives of which one is enough} */
  List<List<String>> variables();

  /** {@return whether any of its variables is set} */
  boolean hasCredentials();

  /**
   * {@return the carrier whose figures include this one's for the same device, or null: a device of
   * both is counted once, by that one's}
   */
  default @Nullable String includedIn() {
    return null;
  }

  /** {@return what a list of devices must say of it, in words, or null if it needs none} */
  default @Nullable String deviceRequirement() {
    return null;
  }

  /**
   * {@return whether the devices are told apart where the carrier tells of its whole account at
   * once}
   */
  default boolean reportsPerDevice() {
    return true;
  }

  /**
   * What a reader of its figures must know to read them rightly.
   *
   * @param days the days the figures are of
   * @param clock by which a carrier's time to keep records runs
   * @return sentences, none by default
   */
  default List<String> notes(DayRange days, Clock clock) {
    return List.of();
  }

  /**
   * Whether it is to be read.
   *
   * @param listed tells whether the list has devices of a provider
   * @return whether its variables or its devices say so
   */
  default boolean isWanted(ListedDevices listed) {
    // With devices and no credentials it fails, and its client says what is missing.
    return hasCredentials() || listed.has(provider());
  }

  /**
   * Refuses a listed device that the carrier cannot be asked about.
   *
   * @param device the device
   * @throws IllegalArgumentException if it is refused; the message says what the carrier asks for
   */
  default void check(Device device) {}

  /**
   * Opens it with the credentials of its environment.
   *
   * @param listed the devices of all carriers
   * @param settings how it is asked
   * @return the source, to be closed
   * @throws IllegalStateException if variables are missing; the message names them
   */
  UsageSource open(ListedDevices listed, SourceSettings settings);
}
