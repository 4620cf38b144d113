package io.simtally.fleet.audit;

import java.time.LocalDate;

/**
 * A settled day of a subject.
 *
 * @param isOfAccount whether a reading of the whole account covers the day
 */
record DeviceDay(String subject, LocalDate day, boolean isOfAccount) {}
