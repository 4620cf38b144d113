package io.simtally.simulator.thingspace;

import io.simtally.simulator.internal.MemberUsage;
import io.simtally.simulator.internal.Roster;
import io.simtally.simulator.internal.RosterIndex;
import io.simtally.simulator.internal.SeededFleet;
import io.simtally.simulator.internal.SeededId;
import io.simtally.simulator.internal.SeededRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All devices of a simulated account. Of a hundred generated devices ten have two rows a day; a
 * third are roaming and report domestic and international bytes.
 */
final class ThingSpaceFleet {
  private static final String LABEL_NAME = "VIN";
  private static final List<String> PLANS = List.of("4G 150MB", "4G 2GB", "5G 5GB");

  /** Separates the sessions' random numbers from those of the days, which are never so early. */
  private static final long SESSIONS = Long.MIN_VALUE;

  private final SeededFleet seeded;
  private final Map<SimulatedDeviceKind, SeededId> ids = new EnumMap<>(SimulatedDeviceKind.class);
  private final SeededId labels;
  private final Roster<ThingSpaceMember> roster;
  private final Map<SimulatedDeviceKind, RosterIndex<ThingSpaceMember>> byId =
      new EnumMap<>(SimulatedDeviceKind.class);
  private final RosterIndex<ThingSpaceMember> byLabel;

  /**
   * Creates a fleet.
   *
   * @throws IllegalArgumentException if two added devices share an identifier or a label
   */
  ThingSpaceFleet(List<ThingSpaceMember> added, SeededFleet seeded) {
    this.seeded = seeded;
    String block = seeded.block();
    String areaCode = "908" + (2 + Integer.parseInt(block) % 8);
    ids.put(SimulatedDeviceKind.ICCID, new SeededId("891480" + block, 9, true));
    ids.put(SimulatedDeviceKind.IMEI, new SeededId("3526" + block, 6, true));
    ids.put(SimulatedDeviceKind.MDN, new SeededId(areaCode, 6, false));
    ids.put(SimulatedDeviceKind.MSISDN, new SeededId("1" + areaCode, 6, false));
    labels = new SeededId("SIM-" + block, 6, false);
    roster = new Roster<>(added, seeded.size(), this::member);
    for (SimulatedDeviceKind kind : SimulatedDeviceKind.values()) {
      byId.put(
          kind,
          new RosterIndex<>(
              roster,
              "devices with the " + kind.lowerCase(),
              one -> key(kind, one.device()),
              ids.get(kind)));
    }
    byLabel =
        new RosterIndex<>(
            roster,
            "devices with the label",
            one -> one.device().label() == null ? null : key(one.device().label()),
            new SeededId(LABEL_NAME + "=" + labels.prefix(), 6, false));
  }

  private ThingSpaceMember member(int number) {
    MemberUsage<SimulatedUsage> history =
        seeded.history(
            number,
            (usage, day, bytes, random) -> addDay(usage, number, day, bytes, random),
            SimulatedUsage::timestamp);
    return new ThingSpaceMember(
        device(number),
        history,
        () ->
            GeneratedSessions.of(
                history.between(Instant.MIN, Instant.MAX), seeded.random(number, SESSIONS)));
  }

  private SimulatedDevice device(int number) {
    return new SimulatedDevice(
        "iccid",
        id(SimulatedDeviceKind.ICCID, number),
        Map.of(
            "imei", id(SimulatedDeviceKind.IMEI, number),
            "mdn", id(SimulatedDeviceKind.MDN, number),
            "msisdn", id(SimulatedDeviceKind.MSISDN, number)),
        new SimulatedDevice.Label(LABEL_NAME, labels.of(number)));
  }

  private String id(SimulatedDeviceKind kind, int number) {
    return Objects.requireNonNull(ids.get(kind)).of(number);
  }

  private void addDay(
      List<SimulatedUsage> usage, int number, LocalDate day, long bytes, SeededRandom random) {
    int plan = seeded.random(number, 0).below(PLANS.size());
    boolean hasTwoRows = seeded.place(number) % 10 == 4;
    long feedBytes = hasTwoRows ? bytes / 5 : 0;
    usage.add(row(number, day, bytes - feedBytes, "Raw Usage", plan, random));
    if (hasTwoRows) {
      usage.add(row(number, day, feedBytes, "Usage Feed", (plan + 1) % PLANS.size(), random));
    }
  }

  private SimulatedUsage row(
      int number, LocalDate day, long bytes, String source, int plan, SeededRandom random) {
    int sent = random.chance(0.2) ? random.below(6) : 0;
    int received = random.chance(0.3) ? random.below(9) : 0;
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("MoSms", Integer.toString(sent));
    attributes.put("MtSms", Integer.toString(received));
    if (seeded.place(number) % 3 == 0) {
      long international = (long) (bytes * random.nextDouble());
      attributes.put("domesticUsage", Long.toString(bytes - international));
      attributes.put("internationalUsage", Long.toString(international));
    }
    return new SimulatedUsage(
        SeededFleet.midnight(day), bytes, sent + received, source, PLANS.get(plan), attributes);
  }

  Optional<ThingSpaceMember> find(SimulatedDeviceKind kind, String id) {
    return Objects.requireNonNull(byId.get(kind)).find(id.toUpperCase(Locale.ROOT));
  }

  Optional<ThingSpaceMember> find(SimulatedDevice.Label label) {
    return byLabel.find(key(label));
  }

  /** Hexadecimal identifiers may be written in either case. */
  private static @Nullable String key(SimulatedDeviceKind kind, SimulatedDevice device) {
    String id = device.idOf(kind.name());
    return id == null ? null : id.toUpperCase(Locale.ROOT);
  }

  private static String key(SimulatedDevice.Label label) {
    return label.name() + "=" + label.value();
  }

  List<SimulatedDevice> devices() {
    return roster.view(ThingSpaceMember::device);
  }
}
