package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.store.sql.AccountKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The readings of one account in one write, without overlaps: an earlier reading loses the days
 * that a later one replaces.
 */
final class ReadingBatch {
  private final AccountKey key;
  private final List<Reading> readings = new ArrayList<>();

  private @Nullable Map<String, List<Reading>> bySubject;

  /** The days read of each subject. While the batch grows, those of later readings in the list. */
  private final Map<String, List<DayRange>> days = new HashMap<>();

  private ReadingBatch(AccountKey key) {
    this.key = key;
  }

  /** Returns one batch for each account. */
  static List<ReadingBatch> of(List<Reading> readings) {
    var batches = new LinkedHashMap<AccountKey, ReadingBatch>();
    for (int i = readings.size() - 1; i >= 0; i--) {
      var reading = readings.get(i);
      batches.computeIfAbsent(keyOf(reading), ReadingBatch::new).addEarlier(reading);
    }
    return List.copyOf(batches.values());
  }

  static AccountKey keyOf(Reading reading) {
    return new AccountKey(reading.provider(), reading.account());
  }

  private void addEarlier(Reading reading) {
    var replaced = new ArrayList<>(days(reading.subject()));
    replaced.addAll(days(UsageStore.ACCOUNT));
    var isWhole = replaced.isEmpty() && (days.isEmpty() || !isOfAccount(reading));
    var left = isWhole ? List.of(reading) : left(reading, reading.days().without(replaced));
    for (var each : left) {
      readings.add(each);
      days.computeIfAbsent(each.subject(), key -> new ArrayList<>(1)).add(each.days());
    }
  }

  /** Returns a batch of parts of these readings. */
  ReadingBatch with(List<Reading> parts) {
    var batch = new ReadingBatch(key);
    for (var each : parts) {
      batch.readings.add(each);
      batch.days.computeIfAbsent(each.subject(), subject -> new ArrayList<>(1)).add(each.days());
    }
    return batch;
  }

  /** Returns some days of a reading. */
  static Reading part(Reading reading, DayRange days) {
    return reading.days().equals(days)
        ? reading
        : new Reading(
            reading.provider(),
            reading.account(),
            reading.subject(),
            days,
            reading.readAt(),
            of(days, reading.records()),
            of(days, reading.uncounted()));
  }

  private static List<UsageRecord> of(DayRange days, List<UsageRecord> records) {
    return records.stream().filter(usage -> days.contains(usage.start())).toList();
  }

  /** Returns whether nothing is left of the batch. */
  boolean isEmpty() {
    return readings.isEmpty();
  }

  private List<Reading> left(Reading reading, List<DayRange> daysLeft) {
    return daysLeft.stream()
        .map(
            left ->
                new Reading(
                    key.provider(),
                    key.account(),
                    reading.subject(),
                    left,
                    reading.readAt(),
                    left(reading.records(), left),
                    left(reading.uncounted(), left)))
        .toList();
  }

  private List<UsageRecord> left(List<UsageRecord> records, DayRange days) {
    return records.stream()
        .filter(usage -> days.contains(usage.start()) && !isReplaced(usage))
        .toList();
  }

  private boolean isReplaced(UsageRecord usage) {
    return days(usage.subject()).stream().anyMatch(each -> each.contains(usage.start()));
  }

  static boolean isOfAccount(Reading reading) {
    return reading.subject().equals(UsageStore.ACCOUNT);
  }

  AccountKey key() {
    return key;
  }

  /** Returns the readings in any order. */
  List<Reading> readings() {
    return readings;
  }

  /** Returns the readings of a subject. Called when the batch is complete. */
  List<Reading> of(String subject) {
    if (bySubject == null) {
      bySubject = readings.stream().collect(Collectors.groupingBy(Reading::subject));
    }
    return bySubject.getOrDefault(subject, List.of());
  }

  /** Returns the days read of a subject. */
  List<DayRange> days(String subject) {
    return days.getOrDefault(subject, List.of());
  }

  /** Returns the subjects of all readings, which may include the account. */
  List<String> subjects() {
    return List.copyOf(days.keySet());
  }

  /** Returns the days from the first to the last of all readings. */
  DayRange span() {
    return around(readings.stream().map(Reading::days).toList());
  }

  /** Returns the days from the first to the last of at least one range. */
  static DayRange around(Collection<DayRange> ranges) {
    var from = ranges.stream().map(DayRange::from).min(Comparable::compareTo).orElseThrow();
    var to = ranges.stream().map(DayRange::to).max(Comparable::compareTo).orElseThrow();
    return new DayRange(from, to);
  }
}
