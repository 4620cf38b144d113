package io.simtally.fleet.store;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A day whose figure the carrier has changed after it had been read.
 *
 * @param provider which carrier, as in its records
 * @param subject whose usage
 * @param day the day in UTC
 * @param beforeBytes what the store had before the latest run, 0 if no record
 * @param afterBytes what it has now, 0 if no record
 * @param noticedAt when the changed figure was read
 */
public record Correction(
    String provider,
    String subject,
    LocalDate day,
    long beforeBytes,
    long afterBytes,
    Instant noticedAt) {}
