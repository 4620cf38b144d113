package io.simtally.cli.usage;

import io.simtally.core.DayRange;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.store.Coverage;
import io.simtally.fleet.store.Failure;
import io.simtally.fleet.store.UsageStore;
import io.simtally.fleet.store.sum.DayTotal;
import io.simtally.fleet.store.sum.SubjectDayTotal;
import io.simtally.fleet.store.sum.SubjectUsage;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Adds up one account of a carrier: the sums of its devices, and which of the requested days the
 * store lacks.
 *
 * <p>Memory does not grow with the devices, except for their failures and for devices that may be
 * runaways. Added first are listed devices, failures and the readings of the account, then days and
 * devices, and last the days of the devices in {@link #toExamine}.
 */
public final class CarrierTally {

  static final int TOP_DEVICES = 10;

  private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

  private static final Comparator<DeviceTotal> BY_BYTES =
      Comparator.comparing(DeviceTotal::bytes).reversed().thenComparing(DeviceTotal::subject);

  private final CarrierTerms terms;
  private final DayRange period;
  private final CoverageTally coverage;
  private final OpenFailures failures;
  private final SubjectSet listed = new SubjectSet();
  private final List<Iterable<Device>> lists = new ArrayList<>();
  private final List<BigInteger> byDay = new ArrayList<>();
  private final Set<String> sources = new TreeSet<>();
  private final List<String> toExamine = new ArrayList<>();
  private final List<Runaway> runaways = new ArrayList<>();

  /** The devices that used most, the smallest first. */
  private final PriorityQueue<DeviceTotal> top = new PriorityQueue<>(BY_BYTES.reversed());

  /** How many requested devices have read each list of days. */
  private final Map<List<DayRange>, Long> requested = new HashMap<>();

  /** The failed devices that are requested. */
  private final Set<String> requestedFailures = new HashSet<>();

  private @Nullable String failure;
  private boolean onlyListed;
  private boolean isWanted;
  private long records;
  private long devices;
  private long requestedDevices;
  private long silentDevices;
  private long idleDevices;
  private int daysOfSeveralSources;
  private @Nullable DeviceDays examined;

  public CarrierTally(CarrierTerms terms, DayRange period) {
    this.terms = terms;
    this.period = period;
    this.coverage = new CoverageTally(period, terms.settleAfterDays());
    this.failures = new OpenFailures(period, terms.settleAfterDays());
    for (long day = 0; day < period.days(); day++) {
      byDay.add(BigInteger.ZERO);
    }
  }

  /** Returns what the report knows of the account. */
  public CarrierTerms terms() {
    return terms;
  }

  /** Requests the days of listed devices only, not of all devices that the store has. */
  public void requestOnlyListed() {
    onlyListed = true;
  }

  /** Requests the days of the account where no device is requested. */
  public void want() {
    isWanted = true;
  }

  /**
   * Adds devices of the devices file.
   *
   * @param more the devices, which are iterated again at the end
   */
  public void list(Iterable<Device> more) {
    lists.add(more);
    more.forEach(device -> listed.add(device.subject()));
  }

  /** Sets the failure of a carrier that could not be opened. */
  public void fail(String reason) {
    failure = reason;
  }

  /** Adds a failure of the store. */
  public void add(Failure failed) {
    failures.add(failed);
  }

  /** Returns the subjects of the store's failures in the period. */
  List<String> failedSubjects() {
    return failures.subjects();
  }

  /** Adds days of the account that have been read, whether or not they are in the period. */
  public void addAccount(Coverage read) {
    coverage.addAccount(read);
  }

  /** Closes the failures that a reading of the account or a device was later than. */
  public void close(Coverage read) {
    failures.read(read, coverage.unsettled(read));
  }

  /** Adds the total of a day of the period. */
  public void add(DayTotal day) {
    var index = (int) (day.day().toEpochDay() - period.from().toEpochDay());
    byDay.set(index, byDay.get(index).add(day.totalBytes()));
    records += day.records();
  }

  /**
   * Adds a device of the store.
   *
   * @param leftOut its bytes that another carrier's figure includes
   * @return the device, or null if it has no record and is not requested
   * @throws IllegalStateException if a record spans days; the message names the device
   */
  public @Nullable DeviceUsage add(SubjectUsage device, BigInteger leftOut) {
    if (device.longestSeconds() != null && device.longestSeconds() > DAY_SECONDS) {
      throw new IllegalStateException(
          "%s: device %s has a record of %s, which belongs to no single day"
              .formatted(
                  terms.name(), device.subject(), Duration.ofSeconds(device.longestSeconds())));
    }
    var isListed = listed.meet(device.subject());
    var isReadByItself = !device.read().isEmpty() || device.hasFailure();
    // A device that only the account's readings name is requested as a part of the account.
    var isRequested =
        onlyListed
            ? isListed
            : isReadByItself || isListed || (device.records() > 0 && !coverage.hasAccount());
    var days = coverage.add(device.read());
    if (!isRequested && device.records() == 0) {
      return null;
    }
    if (isRequested) {
      request(device.subject(), days.covered());
    }
    var isKnown = days.unknown().isEmpty();
    if (device.records() > 0) {
      devices++;
      add(
          new DeviceTotal(
              device.subject(), device.label(), device.totalBytes(), days(days.unknown())));
      if (device.hasSeveralSources()
          || device.totalBytes().bitLength() >= Long.SIZE
          || RunawayRule.mayApply(device)) {
        toExamine.add(device.subject());
      }
    } else if (isRequested && isKnown && !coverage.hasAccount()) {
      silentDevices++;
    }
    return usage(device, leftOut, days, isRequested);
  }

  private DeviceUsage usage(
      SubjectUsage device, BigInteger leftOut, CoverageTally.Days days, boolean isRequested) {
    var isIdle = days.unknown().isEmpty() && device.totalBytes().signum() == 0 && !isWholeAccount();
    idleDevices += isIdle ? 1 : 0;
    return new DeviceUsage(
        device.subject(),
        device.label(),
        device.group(),
        device.records(),
        device.totalBytes(),
        leftOut,
        ranges(days.unknown()),
        days.unsettled(),
        isRequested,
        isIdle);
  }

  private void request(String subject, List<DayRange> covered) {
    requested.merge(covered, 1L, Long::sum);
    requestedDevices++;
    if (failures.has(subject)) {
      requestedFailures.add(subject);
    }
  }

  private void add(DeviceTotal device) {
    if (top.size() == TOP_DEVICES) {
      if (BY_BYTES.compare(device, top.element()) > 0) {
        return;
      }
      top.remove();
    }
    top.add(device);
  }

  private static long days(List<DayRange> ranges) {
    return ranges.stream().mapToLong(DayRange::days).sum();
  }

  /**
   * Adds the listed devices that the store does not have, and the account if it is requested.
   *
   * @param sink receives them
   */
  public void addUnread(DeviceUsage.Sink sink) {
    for (var list : lists) {
      for (var device : list) {
        var subject = device.subject();
        if (!listed.isMet(subject)) {
          listed.meet(subject);
          sink.take(terms, unread(subject, device));
        }
      }
    }
    if (isAccountRequested()) {
      var unknown = ranges(coverage.unknown(List.of(), period));
      sink.take(
          terms,
          new DeviceUsage(
              UsageStore.ACCOUNT,
              null,
              null,
              0,
              BigInteger.ZERO,
              BigInteger.ZERO,
              unknown,
              coverage.unsettledOfAccount(),
              true,
              false));
    }
  }

  private DeviceUsage unread(String subject, Device device) {
    var days = coverage.add(List.of());
    request(subject, days.covered());
    var isKnown = days.unknown().isEmpty();
    silentDevices += isKnown && !coverage.hasAccount() ? 1 : 0;
    var isIdle = isKnown && !isWholeAccount();
    idleDevices += isIdle ? 1 : 0;
    return new DeviceUsage(
        subject,
        device.label(),
        device.group(),
        0,
        BigInteger.ZERO,
        BigInteger.ZERO,
        ranges(days.unknown()),
        days.unsettled(),
        true,
        isIdle);
  }

  /** Returns the devices whose days decide about runaways and sources. */
  public List<String> toExamine() {
    return toExamine;
  }

  /**
   * Adds a day of a device. The days of a device come one after the other, in order.
   *
   * @throws IllegalStateException if the bytes exceed a {@code long}; the message names the device
   */
  public void examine(SubjectDayTotal day) {
    if (examined == null || !examined.subject.equals(day.subject())) {
      judge();
      examined = new DeviceDays(day.subject());
    }
    examined.add(terms, day, sources);
  }

  private void judge() {
    if (examined == null) {
      return;
    }
    daysOfSeveralSources += examined.daysOfSeveralSources();
    var runaway = examined.runaway(terms.name());
    if (runaway != null) {
      runaways.add(runaway);
    }
    examined = null;
  }

  /**
   * Returns the requested days that the store lacks of some days, which need not be in the period.
   *
   * @param from the first day
   * @param to the last day; the days are none if it is before the first
   */
  public UnknownDays unknown(LocalDate from, LocalDate to) {
    return to.isBefore(from) ? UnknownDays.NONE : unknown(new DayRange(from, to));
  }

  /** Returns the first day that has been read of any device, if there is one. */
  public @Nullable LocalDate firstDay() {
    return coverage.firstDay();
  }

  /** Whether the carrier has anything to report: a requested device, a record or a failure. */
  public boolean isEmpty() {
    return records == 0 && failure == null && requestedDevices == 0 && !isAccountRequested();
  }

  private boolean isWholeAccount() {
    return coverage.hasAccount() && !terms.reportsPerDevice();
  }

  public CarrierUsage result(List<String> told, Overlap overlap) {
    judge();
    failures.finish();
    var account = isWholeAccount();
    return new CarrierUsage(
        terms.name(),
        terms.key(),
        account,
        account ? 0 : devices,
        coverage.hasAccount() ? null : requestedDevices,
        records,
        byDay.stream().reduce(BigInteger.ZERO, BigInteger::add),
        List.copyOf(byDay),
        account ? List.of() : top.stream().sorted(BY_BYTES).toList(),
        account ? List.of() : sortedRunaways(),
        new SeveralSources(daysOfSeveralSources, List.copyOf(sources)),
        failure != null
            ? failure
            : failures
                .failure(
                    days ->
                        requestedDays().keySet().stream()
                            .flatMap(covered -> coverage.unknown(covered, days).stream())
                            .toList())
                .orElse(null),
        failures.devices(requestedFailures::contains),
        failures.groups(requestedFailures::contains),
        failures.heldForGood(requestedFailures::contains),
        unknown(period),
        unknownByDay(),
        silentDevices,
        account ? 0 : idleDevices,
        unsettledByDay(),
        overlap,
        period.from(),
        told);
  }

  private List<Runaway> sortedRunaways() {
    return runaways.stream()
        .sorted(Comparator.comparingLong(Runaway::bytes).reversed().thenComparing(Runaway::subject))
        .toList();
  }

  /** How many requested devices, or the account, have read each list of days. */
  private Map<List<DayRange>, Long> requestedDays() {
    if (!isAccountRequested()) {
      return requested;
    }
    var all = new HashMap<>(requested);
    all.merge(List.of(), 1L, Long::sum);
    return all;
  }

  private boolean isAccountRequested() {
    var isNoDeviceRequested = requestedDevices == 0;
    return onlyListed
        ? isWanted && isNoDeviceRequested
        : coverage.hasAccount() || isNoDeviceRequested;
  }

  private UnknownDays unknown(DayRange days) {
    var sum = UnknownDays.NONE;
    for (var each : requestedDays().entrySet()) {
      sum = sum.plus(unknown(days, each.getKey(), each.getValue()));
    }
    return sum;
  }

  private UnknownDays unknown(DayRange days, List<DayRange> covered, long count) {
    long unknown = 0;
    long gone = 0;
    DayRange readable = null;
    for (var range : ranges(coverage.unknown(covered, days))) {
      unknown += range.days().days();
      if (range.isNoLongerAvailable()) {
        gone += range.days().days();
      } else {
        readable = UnknownDays.around(readable, range.days());
      }
    }
    return new UnknownDays(
        count * unknown,
        count * days.days(),
        count * gone,
        unknown == 0 ? 0 : count,
        count,
        requestedDevices == 0,
        readable);
  }

  /** Splits days into those that the carrier no longer keeps, and those that it keeps. */
  private List<UnknownRange> ranges(List<DayRange> unknown) {
    var ranges = new ArrayList<UnknownRange>();
    var oldest = terms.oldestKept();
    for (var days : unknown) {
      if (oldest == null || !days.from().isBefore(oldest)) {
        ranges.add(new UnknownRange(days, false));
      } else if (days.to().isBefore(oldest)) {
        ranges.add(new UnknownRange(days, true));
      } else {
        ranges.add(new UnknownRange(new DayRange(days.from(), oldest.minusDays(1)), true));
        ranges.add(new UnknownRange(new DayRange(oldest, days.to()), false));
      }
    }
    return List.copyOf(ranges);
  }

  private List<Long> unknownByDay() {
    var unknown = new HashMap<List<DayRange>, Long>();
    requestedDays()
        .forEach(
            (covered, count) -> unknown.merge(coverage.unknown(covered, period), count, Long::sum));
    return byDay(unknown);
  }

  private List<Long> unsettledByDay() {
    var unsettled = new HashMap<>(coverage.unsettled());
    if (isAccountRequested()) {
      unsettled.merge(coverage.unsettledOfAccount(), 1L, Long::sum);
    }
    return byDay(unsettled);
  }

  private List<Long> byDay(Map<List<DayRange>, Long> devicesByDays) {
    // Differences from day to day: a range costs the same for any number of days.
    var changes = new long[byDay.size() + 1];
    devicesByDays.forEach(
        (ranges, count) -> {
          for (var range : ranges) {
            changes[(int) (range.from().toEpochDay() - period.from().toEpochDay())] += count;
            changes[(int) (range.to().toEpochDay() - period.from().toEpochDay()) + 1] -= count;
          }
        });
    var counts = new ArrayList<Long>();
    var count = 0L;
    for (int day = 0; day < byDay.size(); day++) {
      count += changes[day];
      counts.add(count);
    }
    return counts;
  }
}
