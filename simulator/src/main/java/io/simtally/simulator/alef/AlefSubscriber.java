package io.simtally.simulator.alef;

import java.util.Objects;

/**
 * A subscriber of a simulated Alef account.
 *
 * @param msisdn its number, 1 to 15 digits
 * @param imsi the number of its SIM, 1 to 15 digits
 * @param siteId its customer site, not blank
 */
public record AlefSubscriber(String msisdn, String imsi, String siteId) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is not 1 to 15 digits, or the site is blank
   */
  public AlefSubscriber {
    checkDigits("msisdn", msisdn);
    checkDigits("imsi", imsi);
    if (Objects.requireNonNull(siteId, "siteId").isBlank()) {
      throw new IllegalArgumentException("siteId must not be blank");
    }
  }

  /**
   * {@return the address of the radio cell of its site, generated from the site, in a network
   * reserved for documentation}
   */
  public String enodebIp() {
    return "198.51.100." + (1 + Math.floorMod(siteId.hashCode(), 254));
  }

  private static void checkDigits(String name, String value) {
    if (!Objects.requireNonNull(value, name).matches("[0-9]{1,15}")) {
      throw new IllegalArgumentException(name + " must be 1 to 15 digits, was " + value);
    }
  }
}
