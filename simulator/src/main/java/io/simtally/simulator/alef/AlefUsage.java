package io.simtally.simulator.alef;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * The usage of a subscriber in five minutes. All figures of a report are computed from it.
 *
 * @param end the end of the five minutes: a multiple of five minutes of UTC
 * @param uplinkBytes bytes sent, with at most three decimal places
 * @param downlinkBytes bytes received, with at most three decimal places
 * @param used the time with traffic, at most five minutes, in whole milliseconds
 */
public record AlefUsage(
    Instant end, BigDecimal uplinkBytes, BigDecimal downlinkBytes, Duration used) {
  /** The length of the interval. */
  static final Duration LENGTH = Duration.ofMinutes(5);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of bounds
   */
  public AlefUsage {
    if (Math.floorMod(end.getEpochSecond(), LENGTH.toSeconds()) != 0 || end.getNano() != 0) {
      throw new IllegalArgumentException("end must be a multiple of five minutes, was " + end);
    }
    uplinkBytes = bytes("uplinkBytes", uplinkBytes);
    downlinkBytes = bytes("downlinkBytes", downlinkBytes);
    if (used.isNegative() || used.compareTo(LENGTH) > 0 || used.toNanosPart() % 1_000_000 != 0) {
      throw new IllegalArgumentException("used must be 0 to 5 minutes, was " + used);
    }
  }

  /**
   * {@return whole bytes in five minutes of continuous traffic}
   *
   * @param end the end of the five minutes: a multiple of five minutes of UTC
   * @param uplinkBytes bytes sent, from 0 on
   * @param downlinkBytes bytes received, from 0 on
   * @throws IllegalArgumentException if one is out of bounds
   */
  public static AlefUsage of(Instant end, long uplinkBytes, long downlinkBytes) {
    return new AlefUsage(
        end, BigDecimal.valueOf(uplinkBytes), BigDecimal.valueOf(downlinkBytes), LENGTH);
  }

  Instant start() {
    return end.minus(LENGTH);
  }

  /** Equal numbers are written in the same way. */
  private static BigDecimal bytes(String name, BigDecimal value) {
    BigDecimal plain = Objects.requireNonNull(value, name).stripTrailingZeros();
    if (plain.signum() < 0 || plain.scale() > 3) {
      throw new IllegalArgumentException(
          name + " must not be negative nor have more than three decimal places, was " + value);
    }
    return plain.scale() < 0 ? plain.setScale(0) : plain;
  }
}
