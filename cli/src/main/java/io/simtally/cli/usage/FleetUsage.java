package io.simtally.cli.usage;

import io.simtally.core.DayRange;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The usage of the whole fleet.
 *
 * @param period the days it covers
 * @param generatedAt when it was read
 * @param simulated whether the figures are simulated
 * @param carriers the carriers that were requested or have records
 * @param months the sums of the months in the store, none if there is only one
 * @param cycles the current billing cycle of each account
 * @param corrections the days of the period that later readings changed, by account
 */
public record FleetUsage(
    DayRange period,
    Instant generatedAt,
    boolean simulated,
    List<CarrierUsage> carriers,
    List<MonthTotal> months,
    List<CycleUsage> cycles,
    Map<AccountRow, Corrections> corrections) {

  public FleetUsage {
    months = List.copyOf(months);
    carriers = List.copyOf(carriers);
    cycles = List.copyOf(cycles);
    corrections = Map.copyOf(corrections);
  }

  /** Returns whether there is nothing to report: no carrier, or failures only. */
  public boolean isNothingRead() {
    return carriers.stream().allMatch(CarrierUsage::isUnknown)
        && (carriers.isEmpty()
            || carriers.stream()
                .anyMatch(each -> each.failure() != null || each.failedDevices() > 0));
  }

  /** Returns whether every requested day is known and nothing failed. */
  public boolean isComplete() {
    return !carriers.isEmpty() && carriers.stream().allMatch(CarrierUsage::isComplete);
  }

  /** Returns the requested days of all carriers that the store lacks. */
  public UnknownDays unknown() {
    return carriers.stream().map(CarrierUsage::unknown).reduce(UnknownDays.NONE, UnknownDays::plus);
  }

  /** Returns the bytes of all carriers; usage that two carriers report counts once. */
  public BigInteger totalBytes() {
    return carriers.stream().map(CarrierUsage::addedBytes).reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** Returns the rounded total, or {@code unknown}. */
  public String totalInWords() {
    return isUnknown() ? CarrierUsage.UNKNOWN : ByteCount.human(totalBytes());
  }

  /** Returns the total with all digits, or {@code unknown}. */
  public String exactTotal() {
    return isUnknown() ? CarrierUsage.UNKNOWN : ByteCount.exact(totalBytes());
  }

  /** Returns whether nothing is known of the period. */
  public boolean isUnknown() {
    return carriers.stream().allMatch(CarrierUsage::isUnknown);
  }

  /** Returns how many days the totals lack, in a sentence, or null if they lack none. */
  public @Nullable String missing() {
    return unknown().isNone() ? null : unknown().sentence() + " The totals lack them.";
  }

  /** Returns the days of devices that the carriers may still correct. */
  public long unsettledDays() {
    return carriers.stream().mapToLong(CarrierUsage::unsettledDeviceDays).sum();
  }

  /** Returns the number of devices that are known to have used no bytes. */
  public long idleDevices() {
    return carriers.stream().mapToLong(CarrierUsage::idleDevices).sum();
  }

  /** Returns the bytes of all carriers on a day, counted from 0. */
  public BigInteger totalBytes(int day) {
    return carriers.stream()
        .map(carrier -> carrier.addedBytes(day))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** Returns how many devices lack a day, counted from 0. */
  public long unknown(int day) {
    return carriers.stream().mapToLong(carrier -> carrier.unknownByDay().get(day)).sum();
  }

  /**
   * Returns a sentence on the last day beside the day before, or null if the period has one day or
   * nothing is known of them.
   */
  public @Nullable String sinceYesterday() {
    var last = (int) period.days() - 1;
    if (last < 1 || isUnknown()) {
      return null;
    }
    var missing = unknown(last) + unknown(last - 1);
    return "%s: %s, %s against the day before (%s)%s."
        .formatted(
            period.to(),
            ByteCount.human(totalBytes(last)),
            missing > 0
                ? "an unknown change"
                : ByteCount.change(totalBytes(last - 1), totalBytes(last)),
            ByteCount.human(totalBytes(last - 1)),
            missing > 0
                ? "; " + ByteCount.counted(missing, "day") + " of devices are unknown"
                : "");
  }

  /** Returns the runaway devices of all carriers, the greatest last day first. */
  public List<Runaway> runaways() {
    return carriers.stream()
        .flatMap(carrier -> carrier.runaways().stream())
        .sorted(Comparator.comparingLong(Runaway::bytes).reversed())
        .toList();
  }

  /** Returns what a reader must know of the figures of all carriers, in sentences. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (period.contains(generatedAt)) {
      notes.add("The last day is today and not over: its figures will grow.");
    }
    for (CarrierUsage carrier : carriers) {
      if (!carrier.overlap().isEmpty()) {
        notes.add(
            "%s of %s are in the figure of %s as well, and counted once in the total."
                .formatted(
                    ByteCount.human(carrier.overlap().bytes()),
                    carrier.carrier(),
                    carrier.overlap().by()));
      }
    }
    return notes;
  }

  public long devices() {
    return carriers.stream()
        .mapToLong(carrier -> carrier.devices() - carrier.overlap().devices())
        .sum();
  }

  public long records() {
    return carriers.stream().mapToLong(CarrierUsage::records).sum();
  }
}
