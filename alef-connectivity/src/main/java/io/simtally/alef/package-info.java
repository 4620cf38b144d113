/**
 * Alef's Connectivity service: time, bandwidth and bytes that the SIMs of a private network used.
 * The entry type is {@link io.simtally.alef.AlefConnectivity}:
 *
 * <pre>{@code
 * try (var alef = AlefConnectivity.fromEnv()) {
 *   var report = alef.subscriberByteUsage("62c40843c7a190970912345", "8020010012345")
 *       .between(OffsetDateTime.parse("2026-01-01T00:00:00Z"), OffsetDateTime.parse("2026-01-02T00:00:00Z"))
 *       .execute();
 *   report.usageRecords("8020010012345").forEach(System.out::println);
 * }
 * }</pre>
 */
@NullMarked
package io.simtally.alef;

import org.jspecify.annotations.NullMarked;
