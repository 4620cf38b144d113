package io.simtally.simulator.thingspace;

import io.simtally.simulator.ProviderError;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the Hyper-Precise service knows of one account.
 *
 * @param fleet its devices
 * @param sessions by IMEI, those that a user gave; the others are the fleet's own
 * @param errors by IMEI, what a user gave for it
 */
record HyperPreciseAccount(
    String accountNumber,
    ThingSpaceFleet fleet,
    Map<String, List<SimulatedSession>> sessions,
    Map<String, HyperPreciseError> errors) {
  HyperPreciseAccount {
    sessions = Map.copyOf(sessions);
    errors = Map.copyOf(errors);
  }

  /** All sessions of a device, in the order in which they began. */
  List<SimulatedSession> sessionsOf(String imei) throws ProviderError {
    @Nullable HyperPreciseError error = errors.get(imei);
    if (error != null) {
      throw error.error();
    }
    @Nullable List<SimulatedSession> given = sessions.get(imei);
    return given != null
        ? given
        : fleet
            .find(DeviceKind.IMEI, imei)
            .orElseThrow(HyperPreciseError.DEVICE_NOT_FOUND::error)
            .sessions()
            .get();
  }

  /** The ten digits that the page promises, if the device has such a name, or else its IMEI. */
  String deviceId(String imei) {
    return fleet
        .find(DeviceKind.IMEI, imei)
        .map(member -> member.device().idOf("mdn"))
        .orElse(imei);
  }
}
