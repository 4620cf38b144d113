/**
 * The Analytics API of IoT-X: the data usage of a company's subscribers. The entry type is {@link
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
 * sorted by instant and keep the offset of the answer; two times of one instant are one key, as in
 * a {@link java.util.TreeMap} by {@link java.time.OffsetDateTime#timeLineOrder()}. IoT-X does not
 * give the length of a bucket. The time in the usage by subscriber is that of the last connection.
 *
 * <p>Whether {@code endDate} is included is nowhere said either. Ask to {@code 23:59:59} of the
 * last day, which is right in both readings: buckets begin at full and half hours, so that none is
 * missing, and none of the next day is counted.
 */
@NullMarked
package io.simtally.iotx;

import org.jspecify.annotations.NullMarked;
