package io.simtally.fleet.source;

import java.util.List;
import java.util.Map;

/** The devices that a user lists, by provider. */
public interface ListedDevices {
  /** A list without devices. */
  ListedDevices NONE = of(Map.of());

  /**
   * Returns a list of devices in memory.
   *
   * @param byProvider the devices of each provider
   * @return the list
   */
  static ListedDevices of(Map<String, List<Device>> byProvider) {
    var kept = Map.copyOf(byProvider);
    return provider -> kept.getOrDefault(provider, List.of());
  }

  /**
   * Returns the devices of one provider, in the order of the list.
   *
   * @param provider the provider
   * @return the devices, which can be read more than once and need not be in memory
   */
  Iterable<Device> of(String provider);

  /**
   * Returns whether any device of a provider is listed.
   *
   * @param provider the provider
   * @return whether the list has one
   */
  default boolean has(String provider) {
    return of(provider).iterator().hasNext();
  }

  /**
   * Returns the devices of a provider that answers for one device at a time and has no list of its
   * own.
   *
   * @param provider the provider
   * @return the devices; iterating throws {@link IllegalStateException} if none is listed
   */
  default Iterable<Device> required(String provider) {
    return () -> {
      if (!has(provider)) {
        throw new IllegalStateException(
            provider + " answers for one device at a time, and no devices are listed");
      }
      return of(provider).iterator();
    };
  }
}
