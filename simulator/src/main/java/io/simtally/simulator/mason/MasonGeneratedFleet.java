package io.simtally.simulator.mason;

import io.simtally.simulator.internal.CheckDigit;
import io.simtally.simulator.internal.SeededRandom;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/**
 * SIMs in any number that take no memory: an ICCID carries the SIM's number, so that it is found by
 * reading the number and writing the ICCID anew.
 *
 * @param size number of SIMs
 * @param seed equal seeds give equal fleets; a larger fleet begins with the SIMs of a smaller
 * @param firstDay the first day with usage
 * @param lastDay the last day with usage
 */
record MasonGeneratedFleet(int size, long seed, LocalDate firstDay, LocalDate lastDay) {
  static final int MAX_SIZE = 1_000_000;

  private static final int ICCID_LENGTH = 20;
  private static final int NUMBER_START = 11;
  private static final int NUMBER_END = 19;

  /** Four digits that the identifiers of one seed have in common. */
  int block() {
    return Math.floorMod(new SeededRandom(seed).nextLong(), 10_000);
  }

  MasonMember member(int index) {
    return new MasonGeneratedMember(this, index);
  }

  String iccid(int index) {
    return CheckDigit.append(String.format(Locale.ROOT, "8901260%04d%08d", block(), index));
  }

  Optional<MasonMember> find(String iccid) {
    if (iccid.length() != ICCID_LENGTH || !iccid.matches("[0-9]+")) {
      return Optional.empty();
    }
    int index = Integer.parseInt(iccid, NUMBER_START, NUMBER_END, 10);
    return index < size && iccid(index).equals(iccid)
        ? Optional.of(member(index))
        : Optional.empty();
  }
}
