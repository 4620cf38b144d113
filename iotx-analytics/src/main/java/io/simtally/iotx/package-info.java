/**
 * The Analytics API of IoT-X: how much data a company's subscribers used. The entry is {@link
 * io.simtally.iotx.IotxAnalytics}:
 *
 * <pre>{@code
 * try (var iotx = IotxAnalytics.fromEnv()) {
 *   var request = iotx.dataUsageBySubscriber()
 *       .startDate(OffsetDateTime.parse("2026-01-01T00:00:00Z"))
 *       .endDate(OffsetDateTime.parse("2026-02-01T00:00:00Z"));
 *   request.execute().subscriberDataUsage().forEach(
 *       (subscriber, usage) -> System.out.println(subscriber + " " + usage));
 * }
 * }</pre>
 *
 * <p>Requests and models are generated from the published OpenAPI specification. Maps by time are
 * sorted by instant and keep the offset that IoT-X wrote; two times of the same instant are the
 * same key, whatever their offsets, as in a {@link java.util.TreeMap} by {@link
 * java.time.OffsetDateTime#timeLineOrder()}. How long a time's bucket lasts, IoT-X does not say.
 */
@NullMarked
package io.simtally.iotx;

import org.jspecify.annotations.NullMarked;
