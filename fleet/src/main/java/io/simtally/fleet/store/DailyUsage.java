package io.simtally.fleet.store;

import java.time.LocalDate;

/**
 * What one subject used on one day, over all records of the day.
 *
 * @param provider which carrier, as in its records
 * @param subject whose usage
 * @param day the day in UTC in which the records start
 * @param totalBytes bytes in both directions
 */
public record DailyUsage(String provider, String subject, LocalDate day, long totalBytes) {}
