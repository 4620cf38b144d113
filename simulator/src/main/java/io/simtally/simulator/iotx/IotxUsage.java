package io.simtally.simulator.iotx;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * The usage of a subscriber at one time, with one protocol and one address. All answers are
 * computed from it.
 *
 * @param time in whole seconds
 * @param originatedBytes bytes that the subscriber sent
 * @param terminatedBytes bytes that the subscriber received
 * @param sessions the number of sessions
 * @param protocol for example {@code TCP}
 * @param ipAddress the address of the other end
 */
public record IotxUsage(
    Instant time,
    long originatedBytes,
    long terminatedBytes,
    int sessions,
    String protocol,
    String ipAddress) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is negative, or the time has a fraction
   */
  public IotxUsage {
    Objects.requireNonNull(protocol, "protocol");
    Objects.requireNonNull(ipAddress, "ipAddress");
    if (originatedBytes < 0 || terminatedBytes < 0 || sessions < 0) {
      throw new IllegalArgumentException("a count is negative");
    }
    if (!time.equals(time.truncatedTo(ChronoUnit.SECONDS))) {
      throw new IllegalArgumentException("time must be in whole seconds, was " + time);
    }
  }

  /**
   * {@return one TCP session with {@code 8.8.8.4}, the address of the provider's samples}
   *
   * @param time in whole seconds
   * @param originatedBytes bytes that the subscriber sent, from 0 on
   * @param terminatedBytes bytes that the subscriber received, from 0 on
   * @throws IllegalArgumentException if one is negative, or the time has a fraction
   */
  public static IotxUsage of(Instant time, long originatedBytes, long terminatedBytes) {
    return new IotxUsage(time, originatedBytes, terminatedBytes, 1, "TCP", "8.8.8.4");
  }

  /** {@return the total of both directions, in bytes} */
  public long totalBytes() {
    return originatedBytes + terminatedBytes;
  }
}
