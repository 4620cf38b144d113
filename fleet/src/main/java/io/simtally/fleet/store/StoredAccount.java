package io.simtally.fleet.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account of a store.
 *
 * @param provider the provider, as in usage records
 * @param account the account
 * @param firstReadAt the time of the first reading
 * @param latestRunAt the beginning of the latest run, or null if the account was written without a
 *     run
 */
public record StoredAccount(
    String provider, String account, Instant firstReadAt, @Nullable Instant latestRunAt) {}
