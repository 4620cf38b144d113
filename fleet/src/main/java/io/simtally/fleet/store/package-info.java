/**
 * The store of a fleet's usage, in a DuckDB file or a PostgreSQL database, behind {@link
 * io.simtally.fleet.store.UsageStore}.
 *
 * <pre>{@code
 * try (var store = UsageStore.open("fleet.duckdb", System.getenv())) {
 *   store
 *       .dailyUsage(UsageQuery.days(DayRange.of(from, to)))
 *       .forEach(day -> add(day.subject(), day.totalBytes()));
 * }
 * }</pre>
 */
@NullMarked
package io.simtally.fleet.store;

import org.jspecify.annotations.NullMarked;
