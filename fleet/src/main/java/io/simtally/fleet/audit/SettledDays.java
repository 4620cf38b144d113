package io.simtally.fleet.audit;

import io.simtally.core.DayRange;
import io.simtally.fleet.source.UsageSource;
import io.simtally.fleet.store.Coverage;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageReader;
import io.simtally.fleet.store.UsageStore;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The settled device-days of one source in a store that the provider still keeps, in an order that
 * depends on the store alone. They are streamed, so that memory does not grow with the store.
 */
final class SettledDays {
  private final UsageReader store;
  private final UsageSource source;
  private final UsageQuery query;
  private final @Nullable LocalDate oldest;
  private final int settleAfterDays;

  /** Days of one subject. */
  record Block(String subject, List<DayRange> days, boolean isOfAccount) {
    long size() {
      return days.stream().mapToLong(DayRange::days).sum();
    }

    DeviceDay day(long index) {
      var left = index;
      for (var range : days) {
        if (left < range.days()) {
          return new DeviceDay(subject, range.from().plusDays(left), isOfAccount);
        }
        left -= range.days();
      }
      throw new IndexOutOfBoundsException("a block of " + size() + " days has no day " + index);
    }
  }

  /**
   * Creates the days of a source.
   *
   * @param days the days to choose from, or null for all
   */
  SettledDays(
      UsageReader store,
      UsageSource source,
      @Nullable DayRange days,
      int settleAfterDays,
      Clock clock) {
    this.store = store;
    this.source = source;
    this.query =
        (days == null ? UsageQuery.all() : UsageQuery.days(days))
            .provider(source.provider())
            .account(source.account());
    this.oldest = source.oldestDay(clock);
    this.settleAfterDays = settleAfterDays;
  }

  UsageSource source() {
    return source;
  }

  long count() {
    var count = new long[1];
    forEach(block -> count[0] += block.size());
    return count[0];
  }

  /** Passes on all days, of each subject together. */
  void forEach(Consumer<Block> to) {
    var ofAccount = new ArrayList<DayRange>();
    try (var rows = store.coverage(query)) {
      rows.forEach(
          row ->
              settled(row)
                  .ifPresent(
                      days -> {
                        if (row.subject().equals(UsageStore.ACCOUNT)) {
                          ofAccount.add(days);
                        } else {
                          to.accept(new Block(row.subject(), List.of(days), false));
                        }
                      }));
    }
    if (!ofAccount.isEmpty()) {
      forEachOfAccount(List.copyOf(ofAccount), to);
    }
  }

  private Optional<DayRange> settled(Coverage row) {
    return row.settled(settleAfterDays)
        .flatMap(
            days -> {
              if (oldest == null || !days.from().isBefore(oldest)) {
                return Optional.of(days);
              }
              return days.to().isBefore(oldest)
                  ? Optional.empty()
                  : Optional.of(new DayRange(oldest, days.to()));
            });
  }

  /**
   * A reading of the whole account covers each device of the account, so that a day without a
   * record is a settled zero of that device.
   */
  private void forEachOfAccount(List<DayRange> days, Consumer<Block> to) {
    var isEmpty = new boolean[] {true};
    try (var subjects = store.subjects(query)) {
      subjects.forEach(
          subject -> {
            isEmpty[0] = false;
            to.accept(new Block(subject, days, true));
          });
    }
    if (isEmpty[0]) {
      to.accept(new Block(UsageStore.ACCOUNT, days, true));
    }
  }

  /** Returns the figure of each chosen day in the store, 0 for a day without a record. */
  Map<DeviceDay, Long> stored(List<DeviceDay> chosen) {
    var stored = new LinkedHashMap<DeviceDay, Long>();
    if (chosen.isEmpty()) {
      return stored;
    }
    var subjects = new TreeSet<String>();
    var days = new TreeSet<LocalDate>();
    for (var each : chosen) {
      stored.put(each, 0L);
      subjects.add(each.subject());
      days.add(each.day());
    }
    var span = new DayRange(days.first(), days.last());
    try (var usage = store.dailyUsage(source.provider(), source.account(), subjects, span)) {
      usage.forEach(
          each -> {
            for (var isOfAccount : List.of(false, true)) {
              var day = new DeviceDay(each.subject(), each.day(), isOfAccount);
              stored.replace(day, each.totalBytes());
            }
          });
    }
    return stored;
  }
}
