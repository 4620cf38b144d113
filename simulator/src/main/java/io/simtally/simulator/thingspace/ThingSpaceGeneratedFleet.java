package io.simtally.simulator.thingspace;

import io.simtally.simulator.internal.CheckDigit;
import io.simtally.simulator.internal.SeededRandom;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A fleet of any size that takes no memory: a device's identifiers carry its number, so that it is
 * found by reading the number and writing the identifier anew.
 *
 * @param size number of devices
 * @param seed equal seeds give equal fleets; a larger fleet begins with the devices of a smaller
 * @param firstDay the first day with usage
 * @param lastDay the last day with usage
 */
public record ThingSpaceGeneratedFleet(int size, long seed, LocalDate firstDay, LocalDate lastDay) {
  static final int MAX_SIZE = 1_000_000;
  static final String LABEL_NAME = "VIN";

  private static final int NUMBER_DIGITS = 6;

  /** Four digits that the identifiers of one seed have in common. */
  int block() {
    return Math.floorMod(new SeededRandom(seed).nextLong(), 10_000);
  }

  SimulatedDevice device(int index) {
    return new SimulatedDevice(
        "iccid",
        iccid(index),
        Map.of("imei", imei(index), "mdn", mdn(index), "msisdn", "1" + mdn(index)),
        new SimulatedDevice.Label(LABEL_NAME, labelValue(index)));
  }

  Optional<ThingSpaceMember> find(DeviceKind kind, String id) {
    Optional<ThingSpaceMember> candidate =
        switch (kind) {
          case ICCID -> candidate(id, 20, 13);
          case IMEI -> candidate(id, 15, 8);
          case MDN -> candidate(id, 10, 4);
          case MSISDN -> candidate(id, 11, 5);
          case EID, ESN, MEID -> Optional.empty();
        };
    return candidate.filter(member -> id.equals(member.device().idOf(kind.name())));
  }

  Optional<ThingSpaceMember> find(SimulatedDevice.Label label) {
    return candidate(label.value(), 14, 8).filter(member -> label.equals(member.device().label()));
  }

  /** The device whose number stands in an identifier; the identifier may still be another's. */
  private Optional<ThingSpaceMember> candidate(String id, int length, int numberStart) {
    int numberEnd = numberStart + NUMBER_DIGITS;
    if (id.length() != length || !isNumber(id, numberStart, numberEnd)) {
      return Optional.empty();
    }
    int index = Integer.parseInt(id, numberStart, numberEnd, 10);
    return index < size
        ? Optional.of(new ThingSpaceGeneratedMember(this, index))
        : Optional.empty();
  }

  private static boolean isNumber(String text, int start, int end) {
    return text.substring(start, end).chars().allMatch(digit -> digit >= '0' && digit <= '9');
  }

  private String iccid(int index) {
    return CheckDigit.append(format("891480%04d%09d", block(), index));
  }

  private String imei(int index) {
    return CheckDigit.append(format("3526%04d%06d", block(), index));
  }

  private String mdn(int index) {
    return format("908%d%06d", 2 + block() % 8, index);
  }

  private String labelValue(int index) {
    return format("SIM-%04d%06d", block(), index);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
