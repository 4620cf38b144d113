package io.simtally.fleet.store.sum;

import java.math.BigInteger;
import java.time.LocalDate;

/**
 * The usage of all subjects of one account on one day.
 *
 * @param provider the provider, as in usage records
 * @param account the account
 * @param day the day in UTC
 * @param records the number of records
 * @param totalBytes bytes in both directions; the sum of a fleet may exceed a {@code long}
 */
public record DayTotal(
    String provider, String account, LocalDate day, long records, BigInteger totalBytes) {}
