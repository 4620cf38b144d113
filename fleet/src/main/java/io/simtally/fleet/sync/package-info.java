/**
 * Reads the days that a store lacks from all carriers at once.
 *
 * <pre>{@code
 * try (var store = UsageStore.open("fleet.duckdb", System.getenv())) {
 *   var result = Sync.into(store).days(DayRange.of(from, to)).run(sources);
 *   result.carriers().forEach(carrier -> log(carrier.provider(), carrier.failure()));
 * }
 * }</pre>
 */
@NullMarked
package io.simtally.fleet.sync;

import org.jspecify.annotations.NullMarked;
