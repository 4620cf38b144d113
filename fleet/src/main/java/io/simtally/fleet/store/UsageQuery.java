package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.core.internal.Preconditions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A selection of rows of a store. Immutable; each setter returns a new query.
 *
 * <pre>{@code
 * UsageQuery.days(DayRange.of(from, to)).account("mason-eu").subject("8914800000000000001")
 * }</pre>
 */
public final class UsageQuery {
  private final @Nullable DayRange days;
  private final @Nullable String account;
  private final @Nullable String provider;
  private final @Nullable String subject;

  private UsageQuery(
      @Nullable DayRange days,
      @Nullable String account,
      @Nullable String provider,
      @Nullable String subject) {
    this.days = days;
    this.account = account;
    this.provider = provider;
    this.subject = subject;
  }

  /**
   * Returns a query of all rows.
   *
   * @return the query
   */
  public static UsageQuery all() {
    return new UsageQuery(null, null, null, null);
  }

  /**
   * Returns a query of the rows of some days.
   *
   * @param days the days
   * @return the query
   * @throws IllegalArgumentException if the days are null
   */
  public static UsageQuery days(DayRange days) {
    return new UsageQuery(Preconditions.present("days", days), null, null, null);
  }

  /**
   * Limits the query to an account.
   *
   * @param name the account
   * @return a new query
   * @throws IllegalArgumentException if the name is null or blank
   */
  public UsageQuery account(String name) {
    return new UsageQuery(days, Preconditions.text("account", name), provider, subject);
  }

  /**
   * Limits the query to a provider.
   *
   * @param id the provider, as in usage records
   * @return a new query
   * @throws IllegalArgumentException if the id is null or blank
   */
  public UsageQuery provider(String id) {
    return new UsageQuery(days, account, Preconditions.text("provider", id), subject);
  }

  /**
   * Limits the query to a subject.
   *
   * @param name the subject, or {@link UsageStore#ACCOUNT} for readings and failures of a whole
   *     account
   * @return a new query
   * @throws IllegalArgumentException if the name is null or blank
   */
  public UsageQuery subject(String name) {
    return new UsageQuery(days, account, provider, Preconditions.text("subject", name));
  }

  /** {@return the days, or empty if the query is not limited to days} */
  public Optional<DayRange> days() {
    return Optional.ofNullable(days);
  }

  /** {@return the account, or empty if the query is not limited to an account} */
  public Optional<String> account() {
    return Optional.ofNullable(account);
  }

  /** {@return the provider, or empty if the query is not limited to a provider} */
  public Optional<String> provider() {
    return Optional.ofNullable(provider);
  }

  /** {@return the subject, or empty if the query is not limited to a subject} */
  public Optional<String> subject() {
    return Optional.ofNullable(subject);
  }

  /** {@return the limits of this query, for messages} */
  @Override
  public String toString() {
    return "UsageQuery[days=%s, account=%s, provider=%s, subject=%s]"
        .formatted(days, account, provider, subject);
  }
}
