package io.simtally.cli.usage;

import io.simtally.core.DayRange;
import io.simtally.fleet.store.Coverage;
import io.simtally.fleet.store.sum.SubjectUsage.ReadDays;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The days of one carrier that have been read.
 *
 * <p>Most devices of a fleet have the same days, so equal lists are compared once. The readings of
 * the account are added before those of its devices.
 */
final class CoverageTally {
  private final DayRange period;
  private final int settleAfterDays;
  private final Map<List<ReadDays>, Days> byReadings = new HashMap<>();
  private final Map<List<DayRange>, Long> unsettled = new HashMap<>();
  private List<DayRange> account = List.of();
  private List<DayRange> unsettledOfAccount = List.of();
  private @Nullable LocalDate firstDay;

  /**
   * The days of devices with the same readings.
   *
   * @param covered the days that have been read
   * @param unknown the days of the period that neither the devices nor the account have
   * @param unsettled the days of the period that the carrier may still correct
   */
  record Days(List<DayRange> covered, List<DayRange> unknown, List<DayRange> unsettled) {}

  CoverageTally(DayRange period, int settleAfterDays) {
    this.period = period;
    this.settleAfterDays = settleAfterDays;
  }

  void addAccount(Coverage read) {
    account = joined(account, List.of(read.days()));
    unsettledOfAccount = joined(unsettledOfAccount, inPeriod(unsettled(read)));
    note(read.days().from());
  }

  /** Adds a device and returns its days. */
  Days add(List<ReadDays> readings) {
    var days = days(readings);
    if (!days.covered().isEmpty()) {
      note(days.covered().get(0).from());
    }
    unsettled.merge(days.unsettled(), 1L, Long::sum);
    return days;
  }

  Days days(List<ReadDays> readings) {
    return byReadings.computeIfAbsent(readings, this::daysOf);
  }

  private Days daysOf(List<ReadDays> readings) {
    var covered = joined(List.of(), readings.stream().map(ReadDays::days).toList());
    var corrigible =
        readings.stream().flatMap(each -> each.unsettled(settleAfterDays).stream()).toList();
    return new Days(
        covered, unknown(covered, period), joined(unsettledOfAccount, inPeriod(corrigible)));
  }

  private void note(LocalDate day) {
    if (firstDay == null || day.isBefore(firstDay)) {
      firstDay = day;
    }
  }

  private List<DayRange> inPeriod(List<DayRange> days) {
    return days.stream().flatMap(each -> each.overlap(period).stream()).toList();
  }

  /** The days of a reading that the carrier may still correct. */
  List<DayRange> unsettled(Coverage read) {
    return read.days().without(read.settled(settleAfterDays).stream().toList());
  }

  private static List<DayRange> joined(List<DayRange> days, List<DayRange> more) {
    var all = new ArrayList<>(days);
    all.addAll(more);
    all.sort(Comparator.comparing(DayRange::from));
    var joined = new ArrayList<DayRange>();
    for (var each : all) {
      var last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last == null || each.from().isAfter(last.to().plusDays(1))) {
        joined.add(each);
      } else if (each.to().isAfter(last.to())) {
        joined.set(joined.size() - 1, new DayRange(last.from(), each.to()));
      }
    }
    return List.copyOf(joined);
  }

  boolean hasAccount() {
    return !account.isEmpty();
  }

  /** The days of the account's readings that the carrier may still correct. */
  List<DayRange> unsettledOfAccount() {
    return unsettledOfAccount;
  }

  /** The number of devices with each list of days that the carrier may still correct. */
  Map<List<DayRange>, Long> unsettled() {
    return unsettled;
  }

  /** The first day that has been read of any device, if there is one. */
  @Nullable LocalDate firstDay() {
    return firstDay;
  }

  /** The days that neither a device's own coverage nor the account's has. */
  List<DayRange> unknown(List<DayRange> covered, DayRange days) {
    if (account.isEmpty()) {
      return days.without(covered);
    }
    var all = new ArrayList<>(account);
    all.addAll(covered);
    return days.without(all);
  }
}
