package io.simtally.cli.usage;

import io.simtally.core.DayRange;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/** The columns of a record's row that depend on the whole report. */
public final class RowMarks {

  private final LocalDate firstDay;
  private final Map<AccountRow, CarrierUsage> carriers = new HashMap<>();
  private final Map<Subject, LocalDate> runawayDays = new HashMap<>();

  private record Subject(AccountRow key, String name) {}

  private RowMarks(LocalDate firstDay) {
    this.firstDay = firstDay;
  }

  public static RowMarks of(FleetUsage fleet) {
    RowMarks marks = new RowMarks(fleet.period().from());
    for (CarrierUsage carrier : fleet.carriers()) {
      marks.carriers.put(carrier.key(), carrier);
      for (Runaway runaway : carrier.runaways()) {
        marks.runawayDays.put(new Subject(carrier.key(), runaway.subject()), runaway.day());
      }
    }
    return marks;
  }

  /** Returns whether the report has the account. */
  public boolean isShown(AccountRow key) {
    return carriers.containsKey(key);
  }

  /**
   * Returns whether the total of the fleet has the record: no other carrier's figure includes it.
   */
  public boolean isInTotal(AccountRow key, String subject, Instant start) {
    CarrierUsage carrier = carriers.get(key);
    int day = (int) (DayRange.dayOf(start).toEpochDay() - firstDay.toEpochDay());
    return carrier == null || !carrier.overlap().leavesOut(subject, day);
  }

  /** Returns whether the record is of the day on which its device ran away. */
  public boolean isRunaway(AccountRow key, String subject, Instant start) {
    LocalDate day = runawayDays.get(new Subject(key, subject));
    return day != null && day.equals(DayRange.dayOf(start));
  }
}
