package io.simtally.fleet.store;

import io.simtally.core.UsageRecord;
import io.simtally.core.internal.Preconditions;

/**
 * A usage record with the account that it was read from.
 *
 * @param account the account
 * @param usage the record
 */
public record StoredRecord(String account, UsageRecord usage) {
  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if a component is null or the account is blank
   */
  public StoredRecord {
    Preconditions.text("account", account);
    Preconditions.present("usage", usage);
  }
}
