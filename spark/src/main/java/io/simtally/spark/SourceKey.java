package io.simtally.spark;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The properties that tasks of an executor must have in common to share a client.
 *
 * @param account the account
 * @param provider the provider, as in usage records
 * @param config the path of the configuration file on the executor, or null for its environment
 * @param concurrency the maximum number of concurrent calls
 * @param interval the shortest time between two requests of an executor, or null for no limit
 * @param credentialsProvider the class that supplies credentials, or null
 */
record SourceKey(
    String account,
    String provider,
    @Nullable String config,
    int concurrency,
    @Nullable Duration interval,
    @Nullable String credentialsProvider)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
