package io.simtally.fleet.audit;

import java.util.List;
import java.util.Optional;

/**
 * The result of an audit.
 *
 * @param seed the seed of the sample: an audit of the same store with the same sources, sample and
 *     seed chooses the same days
 * @param accounts the result of each source, in the order of the sources
 */
public record AuditResult(long seed, List<AccountAudit> accounts) {
  /** Copies the list. */
  public AuditResult {
    accounts = List.copyOf(accounts);
  }

  /** {@return the number of device-days that the sample could choose} */
  public long population() {
    return accounts.stream().mapToLong(AccountAudit::population).sum();
  }

  /** {@return the number of device-days in the sample} */
  public long sampled() {
    return accounts.stream().mapToLong(AccountAudit::sampled).sum();
  }

  /** {@return the number of device-days that were compared, equal or not} */
  public long compared() {
    return accounts.stream().mapToLong(AccountAudit::compared).sum();
  }

  /** {@return the days that differ, account by account} */
  public List<AuditDifference> differences() {
    return accounts.stream().flatMap(each -> each.differences().stream()).toList();
  }

  /** {@return the days that could not be compared, account by account} */
  public List<AuditFailure> failures() {
    return accounts.stream().flatMap(each -> each.failures().stream()).toList();
  }

  /**
   * {@return the estimated share of settled device-days that differ, or empty if nothing was
   * compared}
   */
  public Optional<Drift> drift() {
    return compared() == 0
        ? Optional.empty()
        : Optional.of(Drift.of(differences().size(), compared()));
  }

  /**
   * Returns the chance that this many comparisons find at least one difference.
   *
   * @param share the share of all device-days that differ, 0 to 1
   * @return the chance, 0 to 1
   */
  public double chanceToFind(double share) {
    return 1 - Math.pow(1 - share, (double) compared());
  }

  /** {@return whether days were compared, all of them are equal, and none failed} */
  public boolean isClean() {
    return compared() > 0 && compared() == sampled() && differences().isEmpty();
  }
}
