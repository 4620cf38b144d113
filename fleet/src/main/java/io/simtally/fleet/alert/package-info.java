/**
 * Alerts: rules over the store, and their events. Each event is produced once for its rule, subject
 * and billing cycle.
 *
 * <pre>{@code
 * try (var accounts = Accounts.fromConfig(Path.of("simtally.toml"));
 *     var store = UsageStore.open("fleet.duckdb", System.getenv())) {
 *   Alerts.of(accounts.alertRules(), accounts.accounts())
 *       .run(store, event -> System.out.println(event.json()));
 * }
 * }</pre>
 */
@NullMarked
package io.simtally.fleet.alert;

import org.jspecify.annotations.NullMarked;
