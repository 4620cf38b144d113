package io.simtally.simulator.iotx;

import io.simtally.simulator.internal.Roster;
import io.simtally.simulator.internal.RosterIndex;
import io.simtally.simulator.internal.SeededFleet;
import io.simtally.simulator.internal.SeededId;
import io.simtally.simulator.internal.SeededRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * All subscribers of a simulated company. A generated subscriber has usage in three hours of a day.
 */
final class IotxFleet {
  private static final int BUCKETS_A_DAY = 3;
  private static final List<String> PROTOCOLS = List.of("TCP", "TCP", "TCP", "UDP", "ICMP");

  private final SeededFleet seeded;
  private final SeededId iccids;
  private final SeededId msisdns;
  private final Roster<IotxMember> roster;
  private final RosterIndex<IotxMember> byPhysicalId;

  /**
   * Creates a fleet.
   *
   * @throws IllegalArgumentException if two subscribers share an identifier
   */
  IotxFleet(List<IotxMember> added, SeededFleet seeded) {
    this.seeded = seeded;
    iccids = new SeededId("894450" + seeded.block(), 9, true);
    msisdns = new SeededId("4475" + seeded.block().substring(2), 6, false);
    roster = new Roster<>(added, seeded.size(), this::member);
    byPhysicalId =
        new RosterIndex<>(
                roster,
                "subscribers with the physical id",
                member -> member.subscriber().physicalId(),
                iccids)
            .requireNoGenerated();
    new RosterIndex<>(
            roster, "subscribers with the MSISDN", one -> one.subscriber().msisdn(), msisdns)
        .requireNoGenerated();
  }

  private IotxMember member(int number) {
    return new IotxMember(
        new IotxSubscriber(iccids.of(number), msisdns.of(number)),
        seeded.history(
            number,
            (usage, day, bytes, random) -> addDay(usage, number, day, bytes, random),
            IotxUsage::time));
  }

  private static void addDay(
      List<IotxUsage> usage, int number, LocalDate day, long bytes, SeededRandom random) {
    long left = bytes;
    for (int bucket = 0; bucket < BUCKETS_A_DAY; bucket++) {
      int hour = bucket * 24 / BUCKETS_A_DAY + random.below(24 / BUCKETS_A_DAY);
      boolean isLast = bucket == BUCKETS_A_DAY - 1;
      long share = isLast ? left : (long) (left * (0.2 + 0.3 * random.nextDouble()));
      left -= share;
      usage.add(usage(number, SeededFleet.midnight(day).plusSeconds(3600L * hour), share, random));
    }
  }

  private static IotxUsage usage(int number, Instant time, long bytes, SeededRandom random) {
    long originated = (long) (bytes * (0.3 + 0.4 * random.nextDouble()));
    return new IotxUsage(
        time,
        originated,
        bytes - originated,
        1 + random.below(4),
        PROTOCOLS.get(random.below(PROTOCOLS.size())),
        // From a network reserved for documentation.
        "203.0.113." + (1 + (number + random.below(3)) % 40));
  }

  Optional<IotxMember> find(String physicalId) {
    return byPhysicalId.find(physicalId);
  }

  /** Returns the subscribers with their usage, the added ones first. */
  List<IotxMember> members() {
    return roster;
  }

  List<IotxSubscriber> subscribers() {
    return roster.view(IotxMember::subscriber);
  }
}
