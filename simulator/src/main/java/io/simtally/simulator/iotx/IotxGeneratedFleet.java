package io.simtally.simulator.iotx;

import io.simtally.simulator.internal.CheckDigit;
import io.simtally.simulator.internal.SeededRandom;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/**
 * Subscribers in any number that take no memory: a physical id carries the subscriber's number, so
 * that it is found by reading the number and writing the id anew.
 *
 * @param size number of subscribers
 * @param seed equal seeds give equal fleets; a larger fleet begins with the subscribers of a
 *     smaller
 * @param firstDay the first day with usage
 * @param lastDay the last day with usage
 */
record IotxGeneratedFleet(int size, long seed, LocalDate firstDay, LocalDate lastDay) {
  static final int MAX_SIZE = 1_000_000;

  private static final int ICCID_LENGTH = 20;
  private static final int NUMBER_START = 10;
  private static final int NUMBER_END = 19;

  /** Four digits that the identifiers of one seed have in common. */
  int block() {
    return Math.floorMod(new SeededRandom(seed).nextLong(), 10_000);
  }

  IotxMember member(int index) {
    return new IotxGeneratedMember(this, index);
  }

  IotxSubscriber subscriber(int index) {
    return new IotxSubscriber(iccid(index), msisdn(index));
  }

  /** Whether a subscriber made up has one of these names. */
  boolean hasNameOf(IotxSubscriber other) {
    String msisdn = other.msisdn();
    if (msisdn.matches("[0-9]{12}")) {
      int index = Integer.parseInt(msisdn, 6, 12, 10);
      if (index < size && msisdn(index).equals(msisdn)) {
        return true;
      }
    }
    return find(other.physicalId()).isPresent();
  }

  Optional<IotxMember> find(String physicalId) {
    if (physicalId.length() != ICCID_LENGTH || !physicalId.matches("[0-9]+")) {
      return Optional.empty();
    }
    int index = Integer.parseInt(physicalId, NUMBER_START, NUMBER_END, 10);
    return index < size && iccid(index).equals(physicalId)
        ? Optional.of(member(index))
        : Optional.empty();
  }

  private String msisdn(int index) {
    return String.format(Locale.ROOT, "4475%02d%06d", block() % 100, index);
  }

  private String iccid(int index) {
    return CheckDigit.append(String.format(Locale.ROOT, "894450%04d%09d", block(), index));
  }
}
