package io.simtally.fleet.store;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A change of a stored day's total by a later reading. The store keeps every correction.
 *
 * @param provider the provider, as in usage records
 * @param account the account
 * @param subject the subject
 * @param day the day in UTC
 * @param beforeBytes the bytes before the change, 0 without a record
 * @param afterBytes the bytes after the change, 0 without a record
 * @param noticedAt the time at which the new total was read
 */
public record Correction(
    String provider,
    String account,
    String subject,
    LocalDate day,
    long beforeBytes,
    long afterBytes,
    Instant noticedAt) {}
