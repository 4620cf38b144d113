package io.simtally.spark;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The properties that tasks of an executor must have in common to share a client.
 *
 * @param provider the carrier
 * @param concurrency the maximum number of concurrent calls
 * @param requestsPerSecond the executor's part of the rate limit, or null for no limit
 * @param credentialsProvider the class that supplies credentials, or null
 */
record SourceKey(
    String provider,
    int concurrency,
    @Nullable Integer requestsPerSecond,
    @Nullable String credentialsProvider)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
