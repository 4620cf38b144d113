/**
 * The accounts of a fleet: a name, a provider, credentials, devices and limits for each. They come
 * from a configuration file or from the environment.
 *
 * <pre>{@code
 * try (var accounts = Accounts.fromConfig(Path.of("simtally.toml"));
 *     var store = UsageStore.open("fleet.duckdb", System.getenv())) {
 *   SyncResult result = Sync.into(store).days(DayRange.last(30)).run(accounts);
 * }
 * }</pre>
 */
@NullMarked
package io.simtally.fleet.account;

import org.jspecify.annotations.NullMarked;
