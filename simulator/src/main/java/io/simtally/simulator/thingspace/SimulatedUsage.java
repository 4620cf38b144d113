package io.simtally.simulator.thingspace;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of a device's usage history.
 *
 * @param timestamp midnight of the day, in UTC at the real provider
 * @param bytesUsed bytes sent and received
 * @param smsUsed messages sent and received
 * @param source null to omit the member
 * @param servicePlan null to omit the member
 * @param extendedAttributes in the order in which they are sent
 */
public record SimulatedUsage(
    Instant timestamp,
    long bytesUsed,
    int smsUsed,
    @Nullable String source,
    @Nullable String servicePlan,
    Map<String, String> extendedAttributes) {
  /** Copies the attributes, keeping their order. */
  public SimulatedUsage {
    Objects.requireNonNull(timestamp, "timestamp");
    extendedAttributes = Collections.unmodifiableMap(new LinkedHashMap<>(extendedAttributes));
  }

  /**
   * {@return a row like the provider's sample: no messages, source {@code Raw Usage}, no plan}
   *
   * @param timestamp midnight of the day, in UTC at the real provider
   * @param bytesUsed bytes sent and received
   */
  public static SimulatedUsage of(Instant timestamp, long bytesUsed) {
    Map<String, String> noMessages = new LinkedHashMap<>();
    noMessages.put("MoSms", "0");
    noMessages.put("MtSms", "0");
    return new SimulatedUsage(timestamp, bytesUsed, 0, "Raw Usage", null, noMessages);
  }

  /**
   * {@return this row with another source}
   *
   * @param otherSource null to omit the member
   */
  public SimulatedUsage withSource(@Nullable String otherSource) {
    return new SimulatedUsage(
        timestamp, bytesUsed, smsUsed, otherSource, servicePlan, extendedAttributes);
  }

  /**
   * {@return this row with another service plan}
   *
   * @param otherPlan null to omit the member
   */
  public SimulatedUsage withServicePlan(@Nullable String otherPlan) {
    return new SimulatedUsage(timestamp, bytesUsed, smsUsed, source, otherPlan, extendedAttributes);
  }

  /**
   * {@return this row with this extended attribute}
   *
   * @param key for example {@code MoSms}
   * @param value its value, sent as text
   */
  public SimulatedUsage withExtendedAttribute(String key, String value) {
    Map<String, String> attributes = new LinkedHashMap<>(extendedAttributes);
    attributes.put(key, value);
    return new SimulatedUsage(timestamp, bytesUsed, smsUsed, source, servicePlan, attributes);
  }
}
