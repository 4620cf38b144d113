package io.simtally.cli.usage;

import io.simtally.core.DayRange;

/**
 * Days of one subject that the store lacks.
 *
 * @param subject the device, or {@code *} for the account
 * @param days the days
 * @param isNoLongerAvailable whether the carrier no longer keeps them
 */
public record UnknownRange(String subject, DayRange days, boolean isNoLongerAvailable) {}
