package io.simtally.simulator.thingspace;

import io.simtally.simulator.internal.RefusedRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the Hyper-Precise service knows of one account.
 *
 * @param fleet its devices
 * @param sessions by IMEI, those that a user gave; the others are the fleet's own
 * @param refusals by IMEI, what a user gave for it
 */
record HyperPreciseAccount(
    String accountNumber,
    ThingSpaceFleet fleet,
    Map<String, List<SimulatedSession>> sessions,
    Map<String, HyperPreciseError> refusals) {
  HyperPreciseAccount {
    sessions = Map.copyOf(sessions);
    refusals = Map.copyOf(refusals);
  }

  /** All sessions of a device, in the order in which they began. */
  List<SimulatedSession> sessionsOf(String imei) throws RefusedRequest {
    @Nullable HyperPreciseError refusal = refusals.get(imei);
    if (refusal != null) {
      throw refusal.refusal();
    }
    @Nullable List<SimulatedSession> given = sessions.get(imei);
    return given != null
        ? given
        : fleet
            .find(DeviceKind.IMEI, imei)
            .orElseThrow(HyperPreciseError.DEVICE_NOT_FOUND::refusal)
            .sessions();
  }

  /** The ten digits that the page promises, if the device has such a name, or else its IMEI. */
  String deviceId(String imei) {
    return fleet
        .find(DeviceKind.IMEI, imei)
        .map(member -> member.device().idOf("mdn"))
        .orElse(imei);
  }
}
