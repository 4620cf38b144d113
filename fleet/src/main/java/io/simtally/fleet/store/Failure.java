package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.core.internal.Preconditions;
import java.time.Instant;

/**
 * Days of one subject that the latest run could not read.
 *
 * @param provider which carrier, as in its records
 * @param subject whose days, or {@link UsageStore#ACCOUNT} for all of the carrier's account
 * @param days the days
 * @param kind what kind of failure: the name of an {@code ApiException.Kind}, or another word
 * @param message what happened, for people; holds no credential
 * @param failedAt when
 */
public record Failure(
    String provider, String subject, DayRange days, String kind, String message, Instant failedAt) {

  /**
   * Refuses null.
   *
   * @throws IllegalArgumentException if anything is null
   */
  public Failure {
    Preconditions.text("provider", provider);
    Preconditions.text("subject", subject);
    Preconditions.present("days", days);
    Preconditions.present("kind", kind);
    Preconditions.present("message", message);
    Preconditions.present("failedAt", failedAt);
  }
}
