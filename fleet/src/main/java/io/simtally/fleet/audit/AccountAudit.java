package io.simtally.fleet.audit;

import java.util.List;

/**
 * The result of an audit for one provider of one account.
 *
 * @param provider the provider, as in usage records
 * @param account the account
 * @param population the number of device-days that the sample could choose: settled days of a
 *     device, with or without a record, that the provider still keeps
 * @param sampled the number of device-days in the sample
 * @param differences the days that differ, ordered by subject and day
 * @param failures the days that could not be compared, ordered by subject and day
 */
public record AccountAudit(
    String provider,
    String account,
    long population,
    long sampled,
    List<AuditDifference> differences,
    List<AuditFailure> failures) {
  /** Copies the lists. */
  public AccountAudit {
    differences = List.copyOf(differences);
    failures = List.copyOf(failures);
  }

  /** {@return the number of device-days that were compared, equal or not} */
  public long compared() {
    return sampled - failures.size();
  }
}
