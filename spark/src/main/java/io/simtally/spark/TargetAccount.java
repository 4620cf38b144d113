package io.simtally.spark;

import io.simtally.core.RateLimit;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A carrier of an account that a query can read. Contains no credential.
 *
 * @param account the name of the account
 * @param provider the provider, as in usage records
 * @param devices the listed devices, or null for the whole account
 * @param interval the shortest time between two requests by the configuration file, or null
 */
record TargetAccount(
    String account, String provider, @Nullable DeviceList devices, @Nullable Duration interval)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  static Duration interval(RateLimit limit) {
    return limit.period().dividedBy(limit.requests());
  }
}
