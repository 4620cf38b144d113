package io.simtally.simulator.iotx;

import java.util.Objects;

/**
 * A subscriber of a simulated IoT-X company.
 *
 * @param physicalId its identifier in calls for one subscriber: an ICCID, a Device EUI or an IMEI
 * @param msisdn its identifier in the breakdown by subscriber: a telephone number
 */
public record IotxSubscriber(String physicalId, String msisdn) {
  /** Refuses blank identifiers. */
  public IotxSubscriber {
    if (Objects.requireNonNull(physicalId, "physicalId").isBlank()
        || Objects.requireNonNull(msisdn, "msisdn").isBlank()) {
      throw new IllegalArgumentException("a subscriber's identifiers must not be blank");
    }
  }
}
