package io.simtally.examples.fleet;

import java.math.BigInteger;
import java.time.Instant;
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
 */
record FleetUsage(
    Period period,
    Instant generatedAt,
    boolean simulated,
    List<CarrierUsage> carriers,
    List<CarrierFailure> failures) {

  FleetUsage {
    carriers = List.copyOf(carriers);
    failures = List.copyOf(failures);
  }

  /** Whether every carrier reported on every device. */
  boolean isComplete() {
    return failures.isEmpty()
        && carriers.stream().allMatch(carrier -> carrier.coverage().isComplete());
  }

  /** The bytes of all carriers; several totals may exceed a {@code long} where each does not. */
  BigInteger totalBytes() {
    return carriers.stream()
        .map(carrier -> BigInteger.valueOf(carrier.totalBytes()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** The runaway devices of all carriers, the greatest last day first. */
  List<Runaway> runaways() {
    return carriers.stream()
        .flatMap(carrier -> carrier.runaways().stream())
        .sorted(Comparator.comparingLong(Runaway::bytes).reversed())
        .toList();
  }

  long devices() {
    return carriers.stream().mapToLong(CarrierUsage::devices).sum();
  }

  long records() {
    return carriers.stream().mapToLong(CarrierUsage::records).sum();
  }
}
