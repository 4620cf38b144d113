package io.simtally.cli.usage;

import io.simtally.core.DayRange;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/** The columns of a record's row that depend on the whole report, for the records of an account. */
public final class RowMarks {
  private final LocalDate firstDay;
  private final Overlap overlap;
  private final Map<String, LocalDate> runawayDays = new HashMap<>();

  /**
   * Creates the marks of an account.
   *
   * @param period the days of the report
   */
  public RowMarks(CarrierUsage account, DayRange period) {
    firstDay = period.from();
    overlap = account.overlap();
    for (var runaway : account.runaways()) {
      runawayDays.put(runaway.subject(), runaway.day());
    }
  }

  /**
   * Returns whether the total of the fleet has the record: no other carrier's figure includes it.
   */
  public boolean isInTotal(String subject, Instant start) {
    return overlap.isEmpty()
        || !overlap.leavesOut(
            subject, (int) (DayRange.dayOf(start).toEpochDay() - firstDay.toEpochDay()));
  }

  /** Returns whether the record is of the day on which its device ran away. */
  public boolean isRunaway(String subject, Instant start) {
    var day = runawayDays.get(subject);
    return day != null && day.equals(DayRange.dayOf(start));
  }
}
