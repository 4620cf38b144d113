package io.simtally.cli.usage;

import java.util.List;

/**
 * Devices that could not be read for the same reason.
 *
 * @param kind the kind of failure, as in the store
 * @param message the message, without the device's own identifier if there are several devices
 * @param devices the number of devices
 * @param firstDevices the first of them
 */
public record FailureGroup(String kind, String message, long devices, List<String> firstDevices) {
  /** The number of devices that a report names. */
  static final int NAMED = 3;

  public FailureGroup {
    firstDevices = List.copyOf(firstDevices);
  }

  /** Returns the devices and their message in one line. */
  public String inWords() {
    if (devices == 1) {
      return firstDevices.get(0) + ": " + message;
    }
    return "%s (%s%s): %s"
        .formatted(
            ByteCount.counted(devices, "device"),
            String.join(", ", firstDevices),
            devices > firstDevices.size() ? ", ..." : "",
            message);
  }
}
