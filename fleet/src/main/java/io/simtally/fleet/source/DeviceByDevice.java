package io.simtally.fleet.source;

/** Carriers that answer for one device at a time, and name none themselves. */
final class DeviceByDevice {
  private DeviceByDevice() {}

  /** The devices of a carrier that has no others. */
  static Iterable<Device> required(String provider, ListedDevices listed) {
    return () -> {
      if (!listed.has(provider)) {
        throw new IllegalStateException(
            "it answers for one device at a time, and no devices are listed");
      }
      return listed.of(provider).iterator();
    };
  }
}
