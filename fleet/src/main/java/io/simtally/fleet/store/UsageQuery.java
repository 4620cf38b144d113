package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.core.internal.Preconditions;
import java.time.Instant;
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
  private final @Nullable Instant asOf;

  private UsageQuery(
      @Nullable DayRange days,
      @Nullable String account,
      @Nullable String provider,
      @Nullable String subject,
      @Nullable Instant asOf) {
    this.days = days;
    this.account = account;
    this.provider = provider;
    this.subject = subject;
    this.asOf = asOf;
  }

  /**
   * Returns a query of all rows.
   *
   * @return the query
   */
  public static UsageQuery all() {
    return new UsageQuery(null, null, null, null, null);
  }

  /**
   * Returns a query of the rows of some days.
   *
   * @param days the days
   * @return the query
   * @throws IllegalArgumentException if the days are null
   */
  public static UsageQuery days(DayRange days) {
    return new UsageQuery(Preconditions.present("days", days), null, null, null, null);
  }

  /**
   * Limits the query to an account.
   *
   * @param name the account
   * @return a new query
   * @throws IllegalArgumentException if the name is null or blank
   */
  public UsageQuery account(String name) {
    return new UsageQuery(days, Preconditions.text("account", name), provider, subject, asOf);
  }

  /**
   * Limits the query to a provider.
   *
   * @param id the provider, as in usage records
   * @return a new query
   * @throws IllegalArgumentException if the id is null or blank
   */
  public UsageQuery provider(String id) {
    return new UsageQuery(days, account, Preconditions.text("provider", id), subject, asOf);
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
    return new UsageQuery(days, account, provider, Preconditions.text("subject", name), asOf);
  }

  /**
   * Computes the figures as of a moment from the ledger, instead of the latest ones: the totals of
   * the readings up to this moment. A day that was first read later is unknown: it has neither
   * usage nor coverage. A sync counts with the moment at which it began. The ledger keeps totals of
   * days, so that:
   *
   * <ul>
   *   <li>{@link UsageReader#dailyUsage} and {@link UsageReader#monthlyUsage} leave out days of
   *       zero bytes, whether or not the carrier sent a record of zero bytes;
   *   <li>{@link UsageReader#coverage(UsageQuery)} has the days that had been read. A day that was
   *       read again later has the time of its first reading;
   *   <li>{@link UsageReader#corrections} has the corrections up to this moment;
   *   <li>{@link UsageReader#usageRecords} and {@link UsageReader#failures} throw {@link
   *       IllegalArgumentException}, because the store keeps no earlier records and failures.
   * </ul>
   *
   * @param moment the moment, inclusive
   * @return a new query
   * @throws IllegalArgumentException if the moment is null
   */
  public UsageQuery asOf(Instant moment) {
    return new UsageQuery(days, account, provider, subject, Preconditions.present("asOf", moment));
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

  /** {@return the moment of the figures, or empty for the latest figures} */
  public Optional<Instant> asOf() {
    return Optional.ofNullable(asOf);
  }

  /** {@return the limits of this query, for messages} */
  @Override
  public String toString() {
    return "UsageQuery[days=%s, account=%s, provider=%s, subject=%s, asOf=%s]"
        .formatted(days, account, provider, subject, asOf);
  }
}
