package io.simtally.cli.usage;

import io.simtally.core.DayRange;
import io.simtally.fleet.store.ClosedPeriod;
import io.simtally.fleet.store.Coverage;
import io.simtally.fleet.store.UsageReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The days of closed periods that were settled at the closing. The store keeps the latest reading
 * of a day only, so that this is not known from the coverage once the day has been read again.
 */
final class ClosedDays {
  private record Subject(String provider, String account, String name) {}

  private record Closing(ClosedPeriod period, Map<Subject, List<DayRange>> unsettled) {}

  private final List<Closing> closings = new ArrayList<>();

  /**
   * Reads the closings.
   *
   * @param moment the moment as of which the closings are read
   */
  ClosedDays(UsageReader store, Instant moment) {
    for (var period : store.closedPeriods()) {
      if (!period.closedAt().isAfter(moment)) {
        var unsettled = new HashMap<Subject, List<DayRange>>();
        for (var gap : store.gaps(period)) {
          if (gap.reason() == ClosedPeriod.Reason.UNSETTLED) {
            unsettled
                .computeIfAbsent(
                    new Subject(gap.provider(), gap.account(), gap.subject()),
                    subject -> new ArrayList<>(1))
                .add(gap.days());
          }
        }
        closings.add(new Closing(period, unsettled));
      }
    }
  }

  /**
   * Returns the days of a coverage, where those of a closed period have a time of reading that
   * makes them settled if they were settled at the closing.
   */
  Stream<Coverage> of(Coverage read) {
    var closed = new ArrayList<DayRange>();
    var parts = new ArrayList<Coverage>();
    for (var closing : closings) {
      var days = read.days().overlap(closing.period().days());
      if (days.isPresent() && closing.period().account().equals(read.account())) {
        closed.add(days.get());
        addClosed(read, days.get(), closing, parts);
      }
    }
    if (closed.isEmpty()) {
      return Stream.of(read);
    }
    read.days().without(closed).forEach(days -> parts.add(at(read, days, read.readAt())));
    parts.sort(Comparator.comparing(each -> each.days().from()));
    return parts.stream();
  }

  private static void addClosed(
      Coverage read, DayRange days, Closing closing, List<Coverage> parts) {
    var subject = new Subject(read.provider(), read.account(), read.subject());
    var unsettled = closing.unsettled().getOrDefault(subject, List.of());
    for (var settled : days.without(unsettled)) {
      parts.add(at(read, settled, closing.period().closedAt()));
    }
    for (var each : unsettled) {
      // A day that was read before its end is not settled.
      each.overlap(days).ifPresent(part -> parts.add(at(read, part, part.start())));
    }
  }

  private static Coverage at(Coverage read, DayRange days, Instant readAt) {
    return new Coverage(read.provider(), read.account(), read.subject(), days, readAt);
  }
}
