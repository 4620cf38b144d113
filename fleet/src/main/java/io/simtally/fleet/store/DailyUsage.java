package io.simtally.fleet.store;

import java.time.LocalDate;

/**
 * The usage of one subject on one day, the sum of all records that start on it.
 *
 * @param provider the provider, as in usage records
 * @param account the account
 * @param subject the device or account
 * @param day the day in UTC
 * @param totalBytes bytes in both directions
 */
public record DailyUsage(
    String provider, String account, String subject, LocalDate day, long totalBytes) {}
