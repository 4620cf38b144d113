package io.simtally.fleet.store;

import java.math.BigInteger;
import java.time.YearMonth;

/**
 * The usage of all subjects of one account in one month.
 *
 * @param provider the provider, as in usage records
 * @param account the account
 * @param month the month in UTC
 * @param totalBytes bytes in both directions; the sum of a fleet may exceed a {@code long}
 * @param subjects the number of subjects with a record in the month
 */
public record MonthlyUsage(
    String provider, String account, YearMonth month, BigInteger totalBytes, long subjects) {}
