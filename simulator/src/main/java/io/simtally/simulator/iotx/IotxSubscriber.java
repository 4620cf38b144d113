package io.simtally.simulator.iotx;

import java.util.Objects;

/**
 * A subscriber of a simulated IoT-X company.
 *
 * @param physicalId what calls for one subscriber name it by: an ICCID, a Device EUI or an IMEI
 * @param msisdn what the breakdown by subscriber names it by: a telephone number
 */
public record IotxSubscriber(String physicalId, String msisdn) {
  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException if one is blank
   */
  public IotxSubscriber {
    if (Objects.requireNonNull(physicalId, "physicalId").isBlank()
        || Objects.requireNonNull(msisdn, "msisdn").isBlank()) {
      throw new IllegalArgumentException("a subscriber's names must not be blank");
    }
  }
}
