package io.simtally.fleet.audit;

import java.time.LocalDate;

/**
 * A day of the sample that could not be compared. It counts neither as equal nor as different.
 *
 * @param provider the provider, as in usage records
 * @param account the account
 * @param subject the subject
 * @param day the day in UTC
 * @param kind the kind of failure: the name of an {@code ApiException.Kind}, {@link #NOT_LISTED},
 *     or another word
 * @param message the failure in words, without a credential
 */
public record AuditFailure(
    String provider, String account, String subject, LocalDate day, String kind, String message) {
  /** The kind of a subject that the devices of its account do not list. */
  public static final String NOT_LISTED = "NOT_LISTED";
}
