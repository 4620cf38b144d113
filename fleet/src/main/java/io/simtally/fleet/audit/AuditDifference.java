package io.simtally.fleet.audit;

import java.time.LocalDate;

/**
 * A settled day whose figure in the store differs from the figure that the carrier answers now.
 *
 * @param provider the provider, as in usage records
 * @param account the account
 * @param subject the subject
 * @param day the day in UTC
 * @param storedBytes the bytes in the store, 0 if the store has no record of the day
 * @param carrierBytes the bytes of the carrier's answer, 0 if it has no record of the day
 */
public record AuditDifference(
    String provider,
    String account,
    String subject,
    LocalDate day,
    long storedBytes,
    long carrierBytes) {}
