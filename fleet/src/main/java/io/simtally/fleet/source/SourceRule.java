package io.simtally.fleet.source;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Decides which records count in the total of a day that several sources counted. */
public enum SourceRule {
  /**
   * The source with the most bytes of the day counts; of equal sources the first one by name. For
   * an account whose sources count the same usage: the page of ThingSpace M2M describes an estimate
   * and a rated figure.
   */
  LARGEST {
    @Override
    public Split split(List<UsageRecord> records) {
      return hasOneSource(records) ? new Split(records, List.of()) : splitByDay(records);
    }
  },

  /**
   * All sources count, and reports name the days that several sources counted. The default: no
   * record that the provider reports is left out of a total.
   */
  SUM {
    @Override
    public Split split(List<UsageRecord> records) {
      return new Split(records, List.of());
    }
  };

  private static final Comparator<Map.Entry<String, Long>> BY_BYTES =
      Map.Entry.<String, Long>comparingByValue()
          .thenComparing(Map.Entry.<String, Long>comparingByKey().reversed());

  /**
   * The records of a reading.
   *
   * @param counted the records that count in the totals
   * @param uncounted the other records
   */
  public record Split(List<UsageRecord> counted, List<UsageRecord> uncounted) {}

  /**
   * Returns which records count.
   *
   * @param records all records of some days
   * @return the records, those that count and the others, each in their order
   * @throws ArithmeticException if the bytes of a source on a day exceed a {@code long}
   */
  public abstract Split split(List<UsageRecord> records);

  private static boolean hasOneSource(List<UsageRecord> records) {
    return records.isEmpty()
        || records.stream()
            .allMatch(each -> Objects.equals(each.source(), records.get(0).source()));
  }

  private record SubjectAndDay(String subject, LocalDate day) {
    static SubjectAndDay of(UsageRecord usage) {
      return new SubjectAndDay(usage.subject(), DayRange.dayOf(usage.start()));
    }
  }

  private static Split splitByDay(List<UsageRecord> records) {
    var days = new HashMap<SubjectAndDay, Map<String, Long>>();
    for (var usage : records) {
      days.computeIfAbsent(SubjectAndDay.of(usage), day -> new HashMap<>())
          .merge(name(usage), usage.totalBytes(), Math::addExact);
    }
    var chosen = new HashMap<SubjectAndDay, String>();
    days.forEach(
        (day, bytes) ->
            chosen.put(day, bytes.entrySet().stream().max(BY_BYTES).orElseThrow().getKey()));
    var counted = new ArrayList<UsageRecord>();
    var uncounted = new ArrayList<UsageRecord>();
    for (var usage : records) {
      var isCounted = name(usage).equals(chosen.get(SubjectAndDay.of(usage)));
      (isCounted ? counted : uncounted).add(usage);
    }
    return new Split(List.copyOf(counted), List.copyOf(uncounted));
  }

  private static String name(UsageRecord usage) {
    return usage.source() == null ? "" : usage.source();
  }
}
