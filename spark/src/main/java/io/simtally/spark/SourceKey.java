package io.simtally.spark;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of an executor must have in common to share a client.
 *
 * @param provider the carrier
 * @param concurrency how many calls are under way at most
 * @param requestsPerSecond the executor's part of the rate, or null for no limit
 * @param credentialsProvider the class that brings credentials, or null
 */
record SourceKey(
    String provider,
    int concurrency,
    @Nullable Integer requestsPerSecond,
    @Nullable String credentialsProvider)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
