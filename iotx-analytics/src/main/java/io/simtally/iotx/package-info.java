/**
 * The Analytics API of IoT-X: how much data a company's subscribers used. The entry is {@link
 * io.simtally.iotx.IotxAnalytics}:
 *
 * <pre>{@code
 * try (var iotx = IotxAnalytics.fromEnv()) {
 *   var request = iotx.dataUsageBySubscriber()
 *       .startDate(OffsetDateTime.parse("2026-01-01T00:00:00Z"))
 *       .endDate(OffsetDateTime.parse("2026-01-31T23:59:59Z"));
 *   request.execute().subscriberDataUsage().forEach(
 *       (subscriber, usage) -> System.out.println(subscriber + " " + usage));
 * }
 * }</pre>
 *
 * <p>Requests and models are generated from the published OpenAPI specification. Maps by time are
 * sorted by instant and keep the offset that IoT-X wrote; two times of the same instant are the
 * same key, whatever their offsets, as in a {@link java.util.TreeMap} by {@link
 * java.time.OffsetDateTime#timeLineOrder()}. How long a time's bucket lasts, IoT-X does not say; of
 * the usage by subscriber the time is no bucket but that of the last connection.
 *
 * <p>Whether {@code endDate} is included is nowhere said either. Ask to {@code 23:59:59} of the
 * last day, which is right in both readings: buckets begin at full and half hours, so that none is
 * missing, and none of the next day is counted.
 */
@NullMarked
package io.simtally.iotx;

import org.jspecify.annotations.NullMarked;
