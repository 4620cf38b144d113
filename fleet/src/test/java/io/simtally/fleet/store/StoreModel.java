package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.store.sql.SubjectDay;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A plain model of a store with one account, day by day. */
final class StoreModel {
  private static final String ACCOUNT = UsageStore.ACCOUNT;

  private final Map<SubjectDay, List<UsageRecord>> records = new HashMap<>();
  private final Map<SubjectDay, Instant> readAt = new HashMap<>();
  private final Map<SubjectDay, String> failures = new HashMap<>();
  private final List<String> corrections = new ArrayList<>();

  void write(List<Reading> readings) {
    var old = new StoreModel();
    old.records.putAll(records);
    old.readAt.putAll(readAt);
    readings.forEach(this::write);
    var all = new HashSet<>(old.records.keySet());
    all.addAll(records.keySet());
    for (var day : all) {
      var was = old.bytes(day);
      var is = bytes(day);
      var wasRead =
          old.readAt.containsKey(day) || old.readAt.containsKey(new SubjectDay(ACCOUNT, day.day()));
      if (wasRead && was != is) {
        corrections.add(text(day, false) + " " + was + " " + is);
      }
    }
  }

  private void write(Reading reading) {
    var ofAccount = reading.subject().equals(ACCOUNT);
    for (var day : reading.days().each()) {
      if (ofAccount) {
        records.keySet().removeIf(each -> each.day().equals(day));
        readAt.keySet().removeIf(each -> each.day().equals(day));
        failures.keySet().removeIf(each -> each.day().equals(day));
      }
      var key = new SubjectDay(reading.subject(), day);
      records.remove(key);
      failures.remove(key);
      readAt.put(key, reading.readAt());
    }
    for (var usage : reading.records()) {
      records
          .computeIfAbsent(
              new SubjectDay(usage.subject(), DayRange.dayOf(usage.start())),
              key -> new ArrayList<>())
          .add(usage);
    }
  }

  void fail(Failure failure) {
    for (var day : failure.days().each()) {
      failures.put(new SubjectDay(failure.subject(), day), failure.kind());
    }
  }

  void removeAccountFailures(List<DayRange> days) {
    for (var range : days) {
      range.each().forEach(day -> failures.remove(new SubjectDay(ACCOUNT, day)));
    }
  }

  private long bytes(SubjectDay day) {
    return records.getOrDefault(day, List.of()).stream().mapToLong(UsageRecord::totalBytes).sum();
  }

  List<UsageRecord> records() {
    return sorted(records.values().stream().flatMap(List::stream).toList());
  }

  static List<UsageRecord> sorted(List<UsageRecord> records) {
    return records.stream().sorted(Comparator.comparing(UsageRecord::toString)).toList();
  }

  /** Returns each day that has been read, and whether it is settled. */
  Set<String> coverage(int settleAfterDays) {
    var days = new TreeSet<String>();
    readAt.forEach(
        (day, at) -> days.add(text(day, !at.isBefore(end(day.day().plusDays(settleAfterDays))))));
    return days;
  }

  private static Instant end(LocalDate day) {
    return DayRange.of(day).end();
  }

  static Set<String> coverage(List<Coverage> covered, int settleAfterDays) {
    var days = new TreeSet<String>();
    for (var each : covered) {
      var settled = each.settled(settleAfterDays);
      for (var day : each.days().each()) {
        var key = new SubjectDay(each.subject(), day);
        var isSettled = settled.isPresent() && settled.get().contains(day);
        if (!days.add(text(key, isSettled))) {
          throw new AssertionError("covered twice: " + key);
        }
      }
    }
    return days;
  }

  private static String text(SubjectDay day, boolean settled) {
    return day.subject() + " " + day.day() + (settled ? " settled" : "");
  }

  Map<String, String> failures() {
    var all = new TreeMap<String, String>();
    failures.forEach((day, kind) -> all.put(text(day, false), kind));
    return all;
  }

  static Map<String, String> failures(List<Failure> failures) {
    var all = new TreeMap<String, String>();
    for (var each : failures) {
      for (var day : each.days().each()) {
        if (all.put(text(new SubjectDay(each.subject(), day), false), each.kind()) != null) {
          throw new AssertionError("failed twice: " + each);
        }
      }
    }
    return all;
  }

  /** Returns each correction with the bytes before and after, in order. */
  List<String> corrections() {
    return corrections.stream().sorted().toList();
  }

  static List<String> corrections(List<Correction> corrections) {
    return corrections.stream()
        .map(
            each ->
                text(new SubjectDay(each.subject(), each.day()), false)
                    + " "
                    + each.beforeBytes()
                    + " "
                    + each.afterBytes())
        .sorted()
        .toList();
  }
}
