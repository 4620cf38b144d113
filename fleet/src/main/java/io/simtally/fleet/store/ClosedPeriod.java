package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.core.internal.Preconditions;
import java.time.Instant;

/**
 * A period of an account whose total is frozen.
 *
 * @param account the account
 * @param days the days in UTC
 * @param closedAt the time of the closing; figures {@linkplain UsageQuery#asOf as of} this time
 *     stay those of the closing
 * @param totalBytes the bytes of the account in the period at that time
 */
public record ClosedPeriod(String account, DayRange days, Instant closedAt, long totalBytes) {
  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if anything is null, or the account is blank
   */
  public ClosedPeriod {
    Preconditions.text("account", account);
    Preconditions.present("days", days);
    Preconditions.present("closedAt", closedAt);
  }

  /** Why days of a period are not final. */
  public enum Reason {
    /** The days have not been read: their usage is unknown. */
    UNREAD,
    /** The carrier may still correct the days. */
    UNSETTLED,
    /** The latest reading of the days failed. */
    FAILED,
    /** The latest reading removed stored usage and was held back. */
    HELD
  }

  /**
   * Days whose figures were not final when their period was closed.
   *
   * @param provider the provider, as in usage records
   * @param account the account
   * @param subject the subject, or {@link UsageStore#ACCOUNT} for the whole account
   * @param days the days
   * @param reason why they were not final
   */
  public record Gap(String provider, String account, String subject, DayRange days, Reason reason) {
    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if anything is null
     */
    public Gap {
      Preconditions.text("provider", provider);
      Preconditions.text("account", account);
      Preconditions.text("subject", subject);
      Preconditions.present("days", days);
      Preconditions.present("reason", reason);
    }
  }
}
