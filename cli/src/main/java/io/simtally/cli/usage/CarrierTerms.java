package io.simtally.cli.usage;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a report needs to know of an account of a carrier.
 *
 * @param name the display name
 * @param key the provider and the account
 * @param settleAfterDays the number of days after its end during which a day may be corrected
 * @param oldestKept the oldest day that the carrier still keeps, or null if it names no limit
 * @param reportsPerDevice whether readings of the whole account name the device of each record
 */
public record CarrierTerms(
    String name,
    AccountRow key,
    int settleAfterDays,
    @Nullable LocalDate oldestKept,
    boolean reportsPerDevice) {}
