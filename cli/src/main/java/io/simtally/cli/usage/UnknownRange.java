package io.simtally.cli.usage;

import io.simtally.core.DayRange;

/**
 * Days of a device or an account that the store lacks.
 *
 * @param days the days
 * @param isNoLongerAvailable whether the carrier no longer keeps them
 */
public record UnknownRange(DayRange days, boolean isNoLongerAvailable) {}
