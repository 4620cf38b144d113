package io.simtally.cli.usage;

import io.simtally.fleet.store.sum.SubjectDayTotal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The days of one device that have a record, in order. */
final class DeviceDays {
  final String subject;
  private final List<LocalDate> days = new ArrayList<>();
  private final List<Long> bytes = new ArrayList<>();
  private int daysOfSeveralSources;

  DeviceDays(String subject) {
    this.subject = subject;
  }

  /** Adds a day, and the names of its sources if there are several. */
  void add(CarrierTerms terms, SubjectDayTotal day, Set<String> sources) {
    bytes.add(terms.bytes(day));
    days.add(day.day());
    if (!day.sources().isEmpty()) {
      daysOfSeveralSources++;
      sources.addAll(day.sources());
    }
  }

  int daysOfSeveralSources() {
    return daysOfSeveralSources;
  }

  /** The device as a runaway, or null if its last day is within its own bounds. */
  @Nullable Runaway runaway(String carrier) {
    var last = days.size() - 1;
    var others = bytes.subList(0, last).stream().mapToLong(Long::longValue).sorted().toArray();
    return RunawayRule.isRunaway(bytes.get(last), others)
        ? new Runaway(carrier, subject, days.get(last), bytes.get(last), RunawayRule.median(others))
        : null;
  }
}
