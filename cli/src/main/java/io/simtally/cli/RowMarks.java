package io.simtally.cli;

import io.simtally.cli.usage.CarrierUsage;
import io.simtally.cli.usage.FleetUsage;
import io.simtally.cli.usage.Runaway;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a record's own row cannot know: what became of its device in the whole report. */
final class RowMarks {

  private final Set<Subject> countedElsewhere = new HashSet<>();
  private final Map<Subject, LocalDate> runawayDays = new HashMap<>();

  private record Subject(String provider, String name) {}

  static RowMarks of(FleetUsage fleet) {
    RowMarks marks = new RowMarks();
    for (CarrierUsage carrier : fleet.carriers()) {
      for (String subject : carrier.countedOnce().subjects()) {
        marks.countedElsewhere.add(new Subject(carrier.provider(), subject));
      }
      for (Runaway runaway : carrier.runaways()) {
        marks.runawayDays.put(new Subject(carrier.provider(), runaway.subject()), runaway.day());
      }
    }
    return marks;
  }

  /** Whether the total of the fleet has the row: another carrier may count the same device. */
  boolean isInTotal(String provider, String subject) {
    return !countedElsewhere.contains(new Subject(provider, subject));
  }

  /**
   * Whether the row is of the day on which its device ran away.
   *
   * @param start as an instant is written, which begins with its day in UTC
   */
  boolean isRunaway(String provider, String subject, String start) {
    LocalDate day = runawayDays.get(new Subject(provider, subject));
    return day != null && start.startsWith(day.toString());
  }
}
