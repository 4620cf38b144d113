/**
 * Compares a random sample of settled days of a store with what the carriers answer now.
 *
 * <pre>{@code
 * try (var accounts = Accounts.fromConfig(path);
 *     var store = UsageStore.openReadOnly("fleet.duckdb", Map.of())) {
 *   AuditResult result = Audit.of(store).run(accounts);
 *   result.drift().ifPresent(drift -> System.out.println(drift.share()));
 * }
 * }</pre>
 */
@NullMarked
package io.simtally.fleet.audit;

import org.jspecify.annotations.NullMarked;
