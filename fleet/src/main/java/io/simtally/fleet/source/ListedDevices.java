package io.simtally.fleet.source;

import java.util.List;
import java.util.Map;

/** The devices that a user has listed, by provider. */
public interface ListedDevices {
  /** No devices of anybody. */
  ListedDevices NONE = of(Map.of());

  /**
   * Devices in memory.
   *
   * @param byProvider the devices of each provider
   * @return their list
   */
  static ListedDevices of(Map<String, List<Device>> byProvider) {
    var kept = Map.copyOf(byProvider);
    return provider -> kept.getOrDefault(provider, List.of());
  }

  /**
   * The devices of one provider, in the order of the list.
   *
   * @param provider which carrier
   * @return the devices, which may be read again and need not be in memory
   */
  Iterable<Device> of(String provider);

  /**
   * Whether any device of a provider is listed.
   *
   * @param provider which carrier
   * @return whether it is
   */
  default boolean has(String provider) {
    return of(provider).iterator().hasNext();
  }
}
