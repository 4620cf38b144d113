package io.simtally.cli.usage;

import io.simtally.core.DayRange;
import io.simtally.fleet.store.Coverage;
import io.simtally.fleet.store.Failure;
import io.simtally.fleet.store.UsageStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The failures of one carrier in a period. A failure is closed for each day that was read after it.
 */
final class OpenFailures {
  /** An identifier this short may be a part of any word. */
  private static final int MIN_ID_LENGTH = 5;

  private final DayRange period;
  private final int settleAfterDays;
  private final Map<String, List<Open>> bySubject = new TreeMap<>();
  private final List<Coverage> account = new ArrayList<>();

  /** One failure and those of its days that have not been read since. */
  private static final class Open {
    final String kind;
    final String message;
    final Instant failedAt;
    List<DayRange> days;

    /** Whether a response was held back when it would have settled the days: no sync asks again. */
    final boolean isHeldForGood;

    /** Whether a day of it was read before it and may still be corrected. */
    boolean isOutdated;

    Open(Failure failure, DayRange days, boolean isHeldForGood) {
      this.isHeldForGood = isHeldForGood;
      this.kind = failure.kind();
      this.message = failure.message();
      this.failedAt = failure.failedAt();
      this.days = List.of(days);
    }

    boolean isOpen() {
      return !days.isEmpty();
    }

    void close(Coverage read) {
      if (read.readAt().isAfter(failedAt)) {
        days = days.stream().flatMap(each -> each.without(List.of(read.days())).stream()).toList();
      }
    }
  }

  private record Reason(String kind, String message) {}

  OpenFailures(DayRange period, int settleAfterDays) {
    this.period = period;
    this.settleAfterDays = settleAfterDays;
  }

  /** Adds a failure. All failures are added before the first reading. */
  void add(Failure failure) {
    failure
        .days()
        .overlap(period)
        .ifPresent(
            days ->
                bySubject
                    .computeIfAbsent(failure.subject(), subject -> new ArrayList<>(1))
                    .add(new Open(failure, days, isHeldForGood(failure, days))));
  }

  private boolean isHeldForGood(Failure failure, DayRange days) {
    return failure.kind().equals(Failure.HELD)
        && new Coverage(
                failure.provider(), failure.account(), failure.subject(), days, failure.failedAt())
            .settled(settleAfterDays)
            .equals(Optional.of(days));
  }

  /** Returns the subjects of the failures. */
  List<String> subjects() {
    return List.copyOf(bySubject.keySet());
  }

  /** Whether the store has a failure of the subject in the period. */
  boolean has(String subject) {
    return bySubject.containsKey(subject);
  }

  void read(Coverage coverage, List<DayRange> unsettled) {
    if (bySubject.isEmpty()) {
      return;
    }
    if (coverage.subject().equals(UsageStore.ACCOUNT)) {
      account.add(coverage);
    } else {
      bySubject.getOrDefault(coverage.subject(), List.of()).forEach(each -> each.close(coverage));
    }
    for (var failure : ofAccount()) {
      failure.isOutdated |=
          !coverage.readAt().isAfter(failure.failedAt)
              && unsettled.stream().anyMatch(days -> overlaps(failure, days));
    }
  }

  private static boolean overlaps(Open failure, DayRange days) {
    return failure.days.stream().anyMatch(each -> each.overlap(days).isPresent());
  }

  private List<Open> ofAccount() {
    return bySubject.getOrDefault(UsageStore.ACCOUNT, List.of());
  }

  /** Applies the readings of the account. Called once, after the last reading. */
  void finish() {
    for (var failures : bySubject.values()) {
      for (var failure : failures) {
        account.forEach(failure::close);
      }
      failures.removeIf(failure -> !failure.isOpen());
    }
    bySubject.values().removeIf(List::isEmpty);
  }

  /**
   * Returns the failure of the carrier as a whole, if it is open: a day of it is unknown, or was
   * last read before the failure and may still be corrected.
   *
   * @param unknown the unknown days of all requested devices in some days
   */
  Optional<String> failure(Function<DayRange, List<DayRange>> unknown) {
    return ofAccount().stream()
        .filter(failure -> !failure.isHeldForGood)
        .filter(
            failure ->
                failure.isOutdated
                    || failure.days.stream().anyMatch(days -> !unknown.apply(days).isEmpty()))
        .map(failure -> failure.message)
        .findFirst();
  }

  /** The devices that failed, grouped by reason, the reason of most devices first. */
  List<FailureGroup> groups(Predicate<String> isRequested) {
    return groups(
        subject -> !subject.equals(UsageStore.ACCOUNT) && isRequested.test(subject),
        failure -> !failure.isHeldForGood);
  }

  /** The devices, or the account, that keep stored figures which a settled response lacked. */
  List<FailureGroup> heldForGood(Predicate<String> isRequested) {
    return groups(
        subject -> subject.equals(UsageStore.ACCOUNT) || isRequested.test(subject),
        failure -> failure.isHeldForGood);
  }

  private List<FailureGroup> groups(Predicate<String> isRequested, Predicate<Open> isWanted) {
    var groups = new LinkedHashMap<Reason, List<String>>();
    var devices = new LinkedHashMap<Reason, Long>();
    bySubject.forEach(
        (subject, failures) -> {
          if (isRequested.test(subject)) {
            var reasons = new LinkedHashSet<Reason>();
            failures.stream()
                .filter(isWanted)
                .forEach(failure -> reasons.add(reason(subject, failure)));
            for (var reason : reasons) {
              devices.merge(reason, 1L, Long::sum);
              var first = groups.computeIfAbsent(reason, key -> new ArrayList<>());
              if (first.size() < FailureGroup.NAMED) {
                first.add(subject.equals(UsageStore.ACCOUNT) ? "the account" : subject);
              }
            }
          }
        });
    return groups.entrySet().stream()
        .map(
            group ->
                new FailureGroup(
                    group.getKey().kind(),
                    group.getKey().message(),
                    devices.getOrDefault(group.getKey(), 0L),
                    group.getValue()))
        .sorted(Comparator.comparingLong(FailureGroup::devices).reversed())
        .toList();
  }

  /** Messages that differ in the device's identifier only are one reason. */
  private static Reason reason(String subject, Open failure) {
    var message = failure.message;
    return new Reason(
        failure.kind,
        subject.length() < MIN_ID_LENGTH ? message : message.replace(subject, "(device)"));
  }

  /** The number of devices that failed. */
  long devices(Predicate<String> isRequested) {
    return bySubject.entrySet().stream()
        .filter(each -> !each.getKey().equals(UsageStore.ACCOUNT))
        .filter(each -> isRequested.test(each.getKey()))
        .filter(each -> each.getValue().stream().anyMatch(failure -> !failure.isHeldForGood))
        .count();
  }
}
