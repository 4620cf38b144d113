package io.simtally.cli.usage;

import java.time.YearMonth;

/**
 * What a carrier's devices used in a month, as far as the store has its days.
 *
 * @param carrier the carrier's name
 * @param month the month in UTC
 * @param bytes the sum
 * @param devices how many devices have a record in it
 */
public record MonthTotal(String carrier, YearMonth month, long bytes, long devices) {}
