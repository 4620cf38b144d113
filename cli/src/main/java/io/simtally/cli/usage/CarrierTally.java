package io.simtally.cli.usage;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.store.Coverage;
import io.simtally.fleet.store.Failure;
import io.simtally.fleet.store.UsageStore;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Adds up one account of a carrier: its records, and which of the requested days the store lacks.
 *
 * <p>Holds one number for each device and day, whatever the number of records. Failures are added
 * before coverage.
 */
public final class CarrierTally {

  static final int TOP_DEVICES = 10;

  private static final Duration DAY = Duration.ofDays(1);

  private final CarrierTerms terms;
  private final DayRange period;
  private final CoverageTally coverage;
  private final OpenFailures failures;
  private final Map<String, DeviceTally> devices = new HashMap<>();
  private final List<ByteSum> byDay = new ArrayList<>();
  private final ByteSum total = new ByteSum();
  private final Set<String> sources = new TreeSet<>();
  private @Nullable String failure;
  private boolean onlyListed;
  private boolean isWanted;
  private long records;

  public CarrierTally(CarrierTerms terms, DayRange period) {
    this.terms = terms;
    this.period = period;
    this.coverage = new CoverageTally(period, terms.settleAfterDays());
    this.failures = new OpenFailures(period);
    for (long day = 0; day < period.days(); day++) {
      byDay.add(new ByteSum());
    }
  }

  /** Requests the days of listed devices only, not of all devices that the store has. */
  public void requestOnlyListed() {
    onlyListed = true;
  }

  /** Requests the days of the account where no device is requested. */
  public void want() {
    isWanted = true;
  }

  /** Adds a device of the devices file. */
  public void list(String subject) {
    device(subject).isListed = true;
  }

  /** Sets the failure of a carrier that could not be opened. */
  public void fail(String reason) {
    failure = reason;
  }

  /** Adds a failure of the store. */
  public void add(Failure failed) {
    failures.add(failed);
    if (!failed.subject().equals(UsageStore.ACCOUNT)) {
      device(failed.subject()).isReadByItself = true;
    }
  }

  /** Adds days that have been read, whether or not they are in the period. */
  public void add(Coverage read) {
    if (read.subject().equals(UsageStore.ACCOUNT)) {
      coverage.addAccount(read);
    } else {
      var device = device(read.subject());
      device.isReadByItself = true;
      coverage.add(device, read);
    }
    failures.read(read, coverage.unsettled(read));
  }

  /**
   * Adds a record that starts in the period.
   *
   * @throws IllegalStateException if the record spans days, or the bytes of a device on a day
   *     exceed a {@code long}; the message names the device
   */
  public void add(UsageRecord usage) {
    if (usage.period() != null && usage.period().compareTo(DAY) > 0) {
      throw new IllegalStateException(
          "%s: device %s has a record of %s from %s on, which belongs to no single day"
              .formatted(terms.name(), usage.subject(), usage.period(), usage.start()));
    }
    int day = (int) Duration.between(period.start(), usage.start()).toDays();
    DeviceTally device = device(usage.subject());
    try {
      device.add(day, usage.totalBytes());
    } catch (ArithmeticException overflow) {
      throw new IllegalStateException(
          "%s: the records of device %s on %s add up to more than %s; correct or delete them"
              .formatted(
                  terms.name(), usage.subject(), date(day), ByteCount.exact(Long.MAX_VALUE)));
    }
    total.add(usage.totalBytes());
    byDay.get(day).add(usage.totalBytes());
    records++;
    if (usage.source() != null) {
      sources.addAll(device.differingSources(day, usage.source()));
    }
  }

  private DeviceTally device(String subject) {
    return devices.computeIfAbsent(subject, key -> new DeviceTally());
  }

  private LocalDate date(int day) {
    return period.from().plusDays(day);
  }

  /** Returns which usage another carrier's figures include. */
  public Overlap countedBy(CarrierTally other) {
    var overlap = new Overlap(other.terms.name(), byDay.size());
    devices.forEach(
        (subject, device) -> {
          var same = other.devices.get(subject);
          if (same != null && device.hasRecords()) {
            if (same.hasRecords()) {
              overlap.addDevice();
            }
            for (int day = 0; day < device.days(); day++) {
              var bytes = device.bytes(day);
              if (bytes > 0 && same.bytes(day) > 0) {
                overlap.leaveOut(subject, day, bytes);
              } else if (bytes > 0 && other.isKnown(same, date(day))) {
                overlap.contradict(bytes);
              }
            }
          }
        });
    return overlap;
  }

  private boolean isKnown(DeviceTally device, LocalDate day) {
    return coverage.unknown(device.covered).stream().noneMatch(days -> days.contains(day));
  }

  /**
   * Returns the requested days that the store lacks of some days, which need not be in the period.
   *
   * @param from the first day
   * @param to the last day; the days are none if it is before the first
   */
  public UnknownDays unknown(LocalDate from, LocalDate to) {
    return to.isBefore(from) ? UnknownDays.NONE : unknown(new DayRange(from, to), requestedDays());
  }

  /** Returns the first day that has been read of any device, if there is one. */
  public @Nullable LocalDate firstDay() {
    return Stream.concat(
            Stream.of(coverage.account()), devices.values().stream().map(each -> each.covered))
        .flatMap(days -> days.stream().limit(1))
        .map(DayRange::from)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /** Whether the carrier has anything to report: a requested device, a record or a failure. */
  public boolean isEmpty() {
    return records == 0 && failure == null && requestedDays().isEmpty();
  }

  public CarrierUsage result(List<String> told, Overlap overlap) {
    failures.finish();
    var account = coverage.hasAccount() && !terms.reportsPerDevice();
    var requested = requestedDays();
    var ranges = unknownRanges();
    return new CarrierUsage(
        terms.name(),
        terms.key(),
        account,
        account ? 0 : devices.values().stream().filter(DeviceTally::hasRecords).count(),
        coverage.hasAccount() ? null : devices.values().stream().filter(this::isRequested).count(),
        records,
        total.value(),
        byDay.stream().map(ByteSum::value).toList(),
        account ? List.of() : top(),
        account ? List.of() : runaways(),
        new SeveralSources(
            devices.values().stream().mapToInt(DeviceTally::daysOfSeveralSources).sum(),
            List.copyOf(sources)),
        failure != null
            ? failure
            : failures
                .failure(
                    days ->
                        requested.keySet().stream()
                            .flatMap(covered -> coverage.unknown(covered, days).stream())
                            .toList())
                .orElse(null),
        failures.devices(this::isRequested),
        failures.groups(this::isRequested),
        unknown(period, requested),
        ranges,
        unknownByDay(requested),
        silentDevices(),
        unsettled(),
        overlap,
        told);
  }

  /** How many requested devices, or the account, have read each list of days. */
  private Map<List<DayRange>, Long> requestedDays() {
    var requested = new HashMap<List<DayRange>, Long>();
    for (var device : devices.values()) {
      if (isRequested(device)) {
        requested.merge(device.covered, 1L, Long::sum);
      }
    }
    if (isAccountRequested(requested.isEmpty())) {
      requested.merge(List.of(), 1L, Long::sum);
    }
    return requested;
  }

  private boolean isAccountRequested(boolean isNoDeviceRequested) {
    return onlyListed
        ? isWanted && isNoDeviceRequested
        : coverage.hasAccount() || isNoDeviceRequested;
  }

  private boolean isRequested(String subject) {
    var device = devices.get(subject);
    return device != null && isRequested(device);
  }

  private boolean isRequested(DeviceTally device) {
    // A device that only the account's readings name is requested as a part of the account.
    return onlyListed
        ? device.isListed
        : device.isReadByItself
            || device.isListed
            || (device.hasRecords() && !coverage.hasAccount());
  }

  private UnknownDays unknown(DayRange days, Map<List<DayRange>, Long> requested) {
    var sum = UnknownDays.NONE;
    var isOfAccount = devices.values().stream().noneMatch(this::isRequested);
    for (var each : requested.entrySet()) {
      sum = sum.plus(unknown(days, each.getKey(), each.getValue(), isOfAccount));
    }
    return sum;
  }

  private UnknownDays unknown(
      DayRange days, List<DayRange> covered, long count, boolean isOfAccount) {
    long unknown = 0;
    long gone = 0;
    DayRange readable = null;
    for (var range : coverage.unknown(covered, days)) {
      unknown += range.days();
      for (var part : byAvailability(range)) {
        if (isGone(part)) {
          gone += part.days();
        } else {
          readable = UnknownDays.around(readable, part);
        }
      }
    }
    return new UnknownDays(
        count * unknown,
        count * days.days(),
        count * gone,
        unknown == 0 ? 0 : count,
        count,
        isOfAccount,
        readable);
  }

  /** The days that the carrier no longer keeps, and those that it keeps. */
  private List<DayRange> byAvailability(DayRange days) {
    var oldest = terms.oldestKept();
    if (oldest == null || !days.contains(oldest) || days.from().equals(oldest)) {
      return List.of(days);
    }
    return List.of(new DayRange(days.from(), oldest.minusDays(1)), new DayRange(oldest, days.to()));
  }

  private boolean isGone(DayRange days) {
    return terms.oldestKept() != null && days.to().isBefore(terms.oldestKept());
  }

  private List<UnknownRange> unknownRanges() {
    var ranges = new ArrayList<UnknownRange>();
    devices.entrySet().stream()
        .filter(device -> isRequested(device.getValue()))
        .filter(device -> !coverage.unknown(device.getValue().covered).isEmpty())
        .sorted(Map.Entry.comparingByKey())
        .forEach(device -> addUnknown(device.getKey(), device.getValue().covered, ranges));
    if (isAccountRequested(devices.values().stream().noneMatch(this::isRequested))) {
      addUnknown(UsageStore.ACCOUNT, List.of(), ranges);
    }
    return ranges;
  }

  private void addUnknown(String subject, List<DayRange> covered, List<UnknownRange> ranges) {
    for (var range : coverage.unknown(covered)) {
      for (var part : byAvailability(range)) {
        ranges.add(new UnknownRange(subject, part, isGone(part)));
      }
    }
  }

  private List<Long> unknownByDay(Map<List<DayRange>, Long> requested) {
    var unknown = new Long[byDay.size()];
    Arrays.fill(unknown, 0L);
    requested.forEach(
        (covered, count) -> {
          for (var range : coverage.unknown(covered)) {
            for (var day : range.each()) {
              unknown[(int) (day.toEpochDay() - period.from().toEpochDay())] += count;
            }
          }
        });
    return List.of(unknown);
  }

  /** The requested devices that are known to have used nothing. */
  private long silentDevices() {
    return coverage.hasAccount()
        ? 0
        : devices.values().stream()
            .filter(device -> isRequested(device) && !device.hasRecords())
            .filter(device -> coverage.unknown(device.covered).isEmpty())
            .count();
  }

  private @Nullable String unsettled() {
    var days = coverage.unsettledDays();
    if (days.isEmpty()) {
      return null;
    }
    var count = days.cardinality();
    var isLast = days.nextSetBit(0) == byDay.size() - count;
    return "Not settled: %s%s, which the carrier may still correct."
        .formatted(
            isLast
                ? "the last " + ByteCount.counted(count, "day")
                : ByteCount.counted(count, "day"),
            isLast
                ? ""
                : " from %s to %s".formatted(date(days.nextSetBit(0)), date(days.length() - 1)));
  }

  private List<DeviceTotal> top() {
    record Total(String subject, BigInteger bytes, DeviceTally device) {}
    return devices.entrySet().stream()
        .filter(device -> device.getValue().hasRecords())
        .map(device -> new Total(device.getKey(), device.getValue().total(), device.getValue()))
        .sorted(Comparator.comparing(Total::bytes).reversed().thenComparing(Total::subject))
        .limit(TOP_DEVICES)
        .map(top -> new DeviceTotal(top.subject(), top.bytes(), unknownDays(top.device())))
        .toList();
  }

  private long unknownDays(DeviceTally device) {
    return coverage.unknown(device.covered).stream().mapToLong(DayRange::days).sum();
  }

  private List<Runaway> runaways() {
    return devices.entrySet().stream()
        .filter(device -> device.getValue().hasRecords())
        .map(device -> device.getValue().runaway(terms.name(), device.getKey(), period))
        .filter(Objects::nonNull)
        .sorted(Comparator.comparingLong(Runaway::bytes).reversed().thenComparing(Runaway::subject))
        .toList();
  }
}
