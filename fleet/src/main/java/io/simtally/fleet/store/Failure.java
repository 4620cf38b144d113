package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.core.internal.Preconditions;
import java.time.Instant;

/**
 * Days of one subject that a run could not read. A failure stays in the store until its days have
 * been read.
 *
 * @param provider the provider, as in usage records
 * @param account the account
 * @param subject the subject, or {@link UsageStore#ACCOUNT} for the whole account
 * @param days the days
 * @param kind the kind of failure: the name of an {@code ApiException.Kind}, or another word
 * @param message the failure in words, without a credential
 * @param failedAt the time of the failure
 */
public record Failure(
    String provider,
    String account,
    String subject,
    DayRange days,
    String kind,
    String message,
    Instant failedAt) {
  /**
   * The kind of days whose response removes stored usage. The response is not written; the stored
   * figures stay.
   */
  public static final String HELD = "HELD";

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if anything is null
   */
  public Failure {
    Preconditions.text("provider", provider);
    Preconditions.text("account", account);
    Preconditions.text("subject", subject);
    Preconditions.present("days", days);
    Preconditions.present("kind", kind);
    Preconditions.present("message", message);
    Preconditions.present("failedAt", failedAt);
  }
}
