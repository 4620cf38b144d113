package io.simtally.cli.usage;

import io.simtally.core.DayRange;
import io.simtally.fleet.store.Coverage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The days of one carrier that have been read.
 *
 * <p>Most devices of a fleet have the same days, so equal lists are kept once and compared once.
 */
final class CoverageTally {
  private final DayRange period;
  private final int settleAfterDays;
  private final Map<List<DayRange>, List<DayRange>> lists = new HashMap<>();
  private final Map<List<DayRange>, List<DayRange>> unknownOfPeriod = new HashMap<>();
  private final BitSet unsettled = new BitSet();
  private List<DayRange> account = List.of();

  CoverageTally(DayRange period, int settleAfterDays) {
    this.period = period;
    this.settleAfterDays = settleAfterDays;
  }

  void addAccount(Coverage read) {
    account = with(account, read.days());
    note(read);
  }

  void add(DeviceTally device, Coverage read) {
    device.covered = with(device.covered, read.days());
    note(read);
  }

  private void note(Coverage read) {
    for (var days : unsettled(read)) {
      days.overlap(period)
          .ifPresent(each -> unsettled.set(indexOf(each.from()), indexOf(each.to()) + 1));
    }
  }

  /** The days of a reading that the carrier may still correct. */
  List<DayRange> unsettled(Coverage read) {
    return read.days().without(read.settled(settleAfterDays).stream().toList());
  }

  private int indexOf(LocalDate day) {
    return (int) (day.toEpochDay() - period.from().toEpochDay());
  }

  private List<DayRange> with(List<DayRange> days, DayRange more) {
    var all = new ArrayList<>(days);
    all.add(more);
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
    var list = List.copyOf(joined);
    return lists.computeIfAbsent(list, key -> list);
  }

  boolean hasAccount() {
    return !account.isEmpty();
  }

  /** Days of the period that the carrier may still correct, as indexes from 0. */
  BitSet unsettledDays() {
    return unsettled;
  }

  /** The days of the account that have been read. */
  List<DayRange> account() {
    return account;
  }

  /** The days of the period that neither a device's own coverage nor the account's has. */
  List<DayRange> unknown(List<DayRange> covered) {
    return unknownOfPeriod.computeIfAbsent(covered, own -> unknown(own, period));
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
