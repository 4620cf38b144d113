package io.simtally.fleet.store;

import java.time.YearMonth;

/**
 * What all subjects of one carrier used in one month.
 *
 * @param provider which carrier, as in its records
 * @param month the month in UTC
 * @param totalBytes bytes in both directions
 * @param subjects how many subjects have a record in the month
 */
public record MonthlyUsage(String provider, YearMonth month, long totalBytes, long subjects) {}
