package io.simtally.cli.usage;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The usage of the whole fleet.
 *
 * @param period the days it covers
 * @param generatedAt when it was read
 * @param simulated whether the fleet is made up
 * @param carriers the carriers that reported
 * @param failures the carriers that did not
 * @param months the sums of the months in the store, none if there is only one
 */
public record FleetUsage(
    Period period,
    Instant generatedAt,
    boolean simulated,
    List<CarrierUsage> carriers,
    List<CarrierFailure> failures,
    List<MonthTotal> months) {

  public FleetUsage {
    months = List.copyOf(months);
    carriers = List.copyOf(carriers);
    failures = List.copyOf(failures);
  }

  /** Whether no carrier could be read, although some should have been. */
  public boolean isNothingRead() {
    return carriers.isEmpty() && !failures.isEmpty();
  }

  /** Whether every carrier reported on every device. */
  public boolean isComplete() {
    return failures.isEmpty()
        && carriers.stream().allMatch(carrier -> carrier.coverage().isComplete());
  }

  /**
   * The bytes of all carriers, a device of two carriers once; several totals may exceed a {@code
   * long} where each does not.
   */
  public BigInteger totalBytes() {
    return carriers.stream()
        .map(carrier -> BigInteger.valueOf(carrier.addedBytes()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** The runaway devices of all carriers, the greatest last day first. */
  public List<Runaway> runaways() {
    return carriers.stream()
        .flatMap(carrier -> carrier.runaways().stream())
        .sorted(Comparator.comparingLong(Runaway::bytes).reversed())
        .toList();
  }

  /** What a reader must know to read the figures of all carriers rightly, in sentences. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (period.contains(generatedAt)) {
      notes.add("The last day is today and not over: its figures will grow.");
    }
    for (CarrierUsage carrier : carriers) {
      if (!carrier.countedOnce().isEmpty()) {
        notes.add(
            "%s of %s are in the figure of %s as well, and counted once in the total."
                .formatted(
                    ByteCount.human(carrier.countedOnce().bytes()),
                    carrier.carrier(),
                    carrier.countedOnce().by()));
      }
    }
    return notes;
  }

  public long devices() {
    return carriers.stream()
        .mapToLong(carrier -> carrier.devices() - carrier.countedOnce().subjects().size())
        .sum();
  }

  public long records() {
    return carriers.stream().mapToLong(CarrierUsage::records).sum();
  }
}
