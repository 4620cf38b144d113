package io.simtally.fleet.store;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A change of a day's figure by the carrier after the day had been read.
 *
 * @param provider the carrier, as in its records
 * @param subject the subject
 * @param day the day in UTC
 * @param beforeBytes the bytes in the store before the latest run, 0 without a record
 * @param afterBytes the bytes in the store now, 0 without a record
 * @param noticedAt the time at which the new figure was read
 */
public record Correction(
    String provider,
    String subject,
    LocalDate day,
    long beforeBytes,
    long afterBytes,
    Instant noticedAt) {}
