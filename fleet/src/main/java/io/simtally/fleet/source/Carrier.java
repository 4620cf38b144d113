package io.simtally.fleet.source;

import io.simtally.core.ApiException;
import io.simtally.core.DayRange;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider as a fleet uses it: its name, its variables, how a source is opened, and what its page
 * says about its figures and failures.
 */
public interface Carrier {
  /** {@return the name for people, {@code ThingSpace M2M}} */
  String name();

  /** {@return the name in usage records and in devices files, {@code thingspace-m2m}} */
  String provider();

  /**
   * Returns the name of the account that an environment describes. Carriers with the same name
   * share their credentials.
   *
   * @return the name, the provider by default
   */
  default String account() {
    return provider();
  }

  /** {@return the variables of its credentials, as alternatives of which one is enough} */
  List<List<String>> variables();

  /** {@return the variables that may be missing, none by default} */
  default List<String> optionalVariables() {
    return List.of();
  }

  /** {@return whether any of its variables is set} */
  boolean hasCredentials();

  /**
   * {@return the provider that also counts the usage of this one for a device of both, or null} The
   * usage of such a device counts once, by the figures of the returned provider.
   */
  default @Nullable String includedIn() {
    return null;
  }

  /** {@return what a devices file must list for this carrier, in words, or null if nothing} */
  default @Nullable String deviceRequirement() {
    return null;
  }

  /** {@return whether a reading of the whole account has a record per device} */
  default boolean reportsPerDevice() {
    return true;
  }

  /** {@return how many days one reading can span, the maximum if any number} */
  default int daysAtOnce() {
    return Integer.MAX_VALUE;
  }

  /**
   * Returns how many days after its end a day must be read to be settled: until then the provider
   * may correct the day.
   *
   * @return the number of days, 3 by default, which suits a provider that does not say
   */
  default int settleAfterDays() {
    return 3;
  }

  /**
   * Returns why days settle after {@link #settleAfterDays}.
   *
   * @return the sentence of the provider's page and the address of the page, or that the page has
   *     no such sentence
   */
  default String settleReason() {
    return "the provider does not say how long it corrects figures; %s days are assumed"
        .formatted(settleAfterDays());
  }

  /**
   * Returns the oldest day that the provider still keeps as a whole.
   *
   * @param clock the current time
   * @return the day, or null if no limit is known, which is the default
   */
  default @Nullable LocalDate oldestDay(Clock clock) {
    return null;
  }

  /**
   * Returns whether a failure says something about one device only, so that the other devices can
   * still be read. Statuses that mean this at every provider (400, 404, 422) are not asked for.
   *
   * @param failure a failure of this provider
   * @return whether the failure concerns one device
   */
  default boolean concernsOneDevice(ApiException failure) {
    return false;
  }

  /**
   * Returns what a reader of the figures must know.
   *
   * @param days the days of the figures
   * @param clock the current time
   * @return sentences, none by default
   */
  default List<String> notes(DayRange days, Clock clock) {
    return List.of();
  }

  /**
   * Returns whether the carrier is to be read.
   *
   * @param listed the devices that the user lists
   * @return whether credentials are set or devices are listed
   */
  default boolean isWanted(ListedDevices listed) {
    // With devices and without credentials, opening fails and names the missing variable.
    return hasCredentials() || listed.has(provider());
  }

  /**
   * Checks that the carrier can be asked about a listed device.
   *
   * @param device the device
   * @throws IllegalArgumentException if it cannot; the message says what the carrier asks for
   */
  default void check(Device device) {}

  /**
   * Opens a source with the credentials of the environment.
   *
   * @param listed the devices of all carriers
   * @param settings how the provider is asked
   * @return the source, to be closed
   * @throws IllegalStateException if variables are missing; the message names them
   */
  UsageSource open(ListedDevices listed, SourceSettings settings);
}
