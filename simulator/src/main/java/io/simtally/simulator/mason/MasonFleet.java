package io.simtally.simulator.mason;

import io.simtally.simulator.internal.Roster;
import io.simtally.simulator.internal.RosterIndex;
import io.simtally.simulator.internal.SeededFleet;
import io.simtally.simulator.internal.SeededId;
import io.simtally.simulator.internal.SeededRandom;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All SIMs of a simulated account. Of ten generated SIMs one is outside of Mason devices, and one
 * moves to another type of device half-way through the days.
 */
final class MasonFleet {
  private static final List<String> TYPES = List.of("D450", "G450", "A4100");

  private final SeededFleet seeded;
  private final SeededId iccids;
  private final Roster<MasonMember> roster;
  private final RosterIndex<MasonMember> byIccid;

  /**
   * Creates a fleet.
   *
   * @throws IllegalArgumentException if two added SIMs share an ICCID
   */
  MasonFleet(List<MasonMember> added, SeededFleet seeded) {
    this.seeded = seeded;
    iccids = new SeededId("8901260" + seeded.block(), 8, true);
    roster = new Roster<>(added, seeded.size(), this::member);
    byIccid = new RosterIndex<>(roster, "SIMs with the ICCID", MasonMember::iccid, iccids);
  }

  private MasonMember member(int number) {
    return new MasonMember(
        iccids.of(number),
        seeded.history(
            number,
            (usage, day, bytes, random) -> usage.add(usage(number, day, bytes, random)),
            MasonMember.Usage::midnight));
  }

  private MasonMember.Usage usage(int number, LocalDate day, long bytes, SeededRandom random) {
    long upload = (long) (bytes * (0.3 + 0.4 * random.nextDouble()));
    return new MasonMember.Usage(day, upload, bytes - upload, markers(number, day));
  }

  private Function<MasonMarkerKey, @Nullable String> markers(int number, LocalDate day) {
    int place = seeded.place(number) % 10;
    return place == 5
        ? key -> null
        : key -> marker(number, key, place == 4 && isSecondHalf(day) ? 1 : 0);
  }

  private boolean isSecondHalf(LocalDate day) {
    long days = ChronoUnit.DAYS.between(seeded.firstDay(), seeded.lastDay()) + 1;
    return !day.isBefore(seeded.firstDay().plusDays(days / 2));
  }

  /** Returns the marker of the SIM in its first or, if it moved, second device. */
  private String marker(int number, MasonMarkerKey key, int device) {
    String mnc = number % 3 == 0 ? "410" : "260";
    return switch (key) {
      case IMEI -> new SeededId("35" + device + seeded.block(), 7, true).of(number);
      case DEVICE_GROUP -> "group-" + (number % 4 + 1);
      case DEVICE_UUID -> uuid(number, device);
      case DEVICE_TYPE -> TYPES.get((number + device) % TYPES.size());
      case INCREMENTAL -> "2." + number % 5 + ".0";
      case CARRIER -> number % 3 == 0 ? "AT&T" : "T-Mobile";
      case MNC -> mnc;
      case MCC -> "310";
      case MNC_MCC -> mnc + "-310";
    };
  }

  private String uuid(int number, int device) {
    SeededRandom random = seeded.random(number, -1, device);
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  Optional<MasonMember> find(String iccid) {
    return byIccid.find(iccid);
  }

  /** Returns the SIMs with their usage, the added ones first. */
  List<MasonMember> members() {
    return roster;
  }

  List<String> iccids() {
    return roster.view(MasonMember::iccid);
  }
}
