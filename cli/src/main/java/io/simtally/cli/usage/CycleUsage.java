package io.simtally.cli.usage;

import io.simtally.core.DayRange;
import io.simtally.fleet.alert.Forecast;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The usage of an account in its billing cycle so far, beside the cycle before.
 *
 * @param account the account
 * @param cycle the days of the cycle
 * @param sofar the days from its begin to the last day of the report
 * @param totalBytes the usage of these days; usage that two carriers report counts once
 * @param unknown the days so far that the store lacks
 * @param poolBytes the allowance of a cycle, or null if the configuration file names none
 * @param before as many days of the cycle before
 * @param bytesBefore the usage of these days
 * @param unknownBefore the days of them that the store lacks
 * @param bytesOfCycleBefore the usage of the whole cycle before
 * @param unknownOfCycleBefore the days of the whole cycle before that the store lacks
 * @param forecast the estimated usage of the whole cycle, or null if the cycle is over or too few
 *     days are known
 */
public record CycleUsage(
    String account,
    DayRange cycle,
    DayRange sofar,
    BigInteger totalBytes,
    UnknownDays unknown,
    @Nullable Long poolBytes,
    DayRange before,
    BigInteger bytesBefore,
    UnknownDays unknownBefore,
    BigInteger bytesOfCycleBefore,
    UnknownDays unknownOfCycleBefore,
    @Nullable Forecast forecast) {

  /** Returns whether the cycle is over. */
  public boolean isOver() {
    return sofar.to().equals(cycle.to());
  }

  /** Returns whether nothing is known of the cycle so far. */
  public boolean isUnknown() {
    return totalBytes.signum() == 0 && unknown.isAll();
  }

  /** Returns whether nothing is known of the cycle before. */
  public boolean isCycleBeforeUnknown() {
    return bytesOfCycleBefore.signum() == 0 && unknownOfCycleBefore.isAll();
  }

  /** Returns the usage so far as text, or {@code unknown}. */
  public String totalInWords() {
    return isUnknown() ? CarrierUsage.UNKNOWN : ByteCount.human(totalBytes);
  }

  /**
   * Returns the usage of the cycle before as text, with a mark if days of it are unknown, or a dash
   * if nothing is known.
   */
  public String cycleBeforeInWords() {
    if (isCycleBeforeUnknown()) {
      return "-";
    }
    var known = ByteCount.human(bytesOfCycleBefore);
    return unknownOfCycleBefore.isNone() ? known : ">= " + known;
  }

  /** Returns the forecast with its interval as text, or null without one. */
  public @Nullable String forecastInWords() {
    return forecast == null
        ? null
        : "%s by %s (80 %% interval: %s to %s)"
            .formatted(
                human(forecast.bytes()),
                cycle.to(),
                human(forecast.lowBytes()),
                human(forecast.highBytes()));
  }

  private static String human(long bytes) {
    return ByteCount.human(BigInteger.valueOf(bytes));
  }

  /** Returns the used part of the allowance, for example {@code 42.0 %}, or null without one. */
  public @Nullable String poolShare() {
    return poolBytes == null || poolBytes == 0 || isUnknown()
        ? null
        : ByteCount.percent(totalBytes, BigInteger.valueOf(poolBytes));
  }

  /**
   * Returns the change against as many days of the cycle before, for example {@code +3.1 %}, or a
   * word where a day of either is unknown.
   */
  public String change() {
    return unknown.isNone() && unknownBefore.isNone()
        ? ByteCount.change(bytesBefore, totalBytes)
        : CarrierUsage.UNKNOWN;
  }
}
