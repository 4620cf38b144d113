package io.simtally.simulator.alef;

import io.simtally.simulator.internal.Roster;
import io.simtally.simulator.internal.RosterIndex;
import io.simtally.simulator.internal.SeededFleet;
import io.simtally.simulator.internal.SeededId;
import io.simtally.simulator.internal.SeededRandom;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * All subscribers of a simulated account. A generated subscriber is busy for a few minutes of most
 * hours, and some of its byte counts have a fraction, as on Alef's page.
 */
final class AlefFleet {
  private static final int HOUR_STRETCHES = 12;

  private final SeededFleet seeded;
  private final int perSite;
  private final List<AlefMember> added;
  private final Roster<AlefMember> roster;
  private final SeededId msisdns;
  private final SeededId imsis;
  private final SeededId sites;
  private final RosterIndex<AlefMember> byMsisdn;
  private final RosterIndex<AlefMember> byImsi;

  /**
   * Creates a fleet.
   *
   * @param perSite how many generated subscribers share a customer site
   * @throws IllegalArgumentException if two added subscribers share an identifier
   */
  AlefFleet(List<AlefMember> added, SeededFleet seeded, int perSite) {
    this.seeded = seeded;
    this.perSite = perSite;
    this.added = List.copyOf(added);
    String block = seeded.block();
    msisdns = new SeededId("802" + block, 6, false);
    imsis = new SeededId("31055" + block, 6, false);
    sites = new SeededId("62c4" + block + "5afe", 12, false);
    roster = new Roster<>(added, seeded.size(), this::member);
    byMsisdn =
        new RosterIndex<>(
            roster, "subscribers with the number", one -> one.subscriber().msisdn(), msisdns);
    byImsi =
        new RosterIndex<>(
            roster, "subscribers with the IMSI", one -> one.subscriber().imsi(), imsis);
  }

  private AlefMember member(int number) {
    AlefSubscriber subscriber =
        new AlefSubscriber(msisdns.of(number), imsis.of(number), sites.of(number / perSite));
    return new AlefMember(
        subscriber,
        seeded.history(number, AlefFleet::addDay, AlefUsage::start),
        end -> snapshot(number, end));
  }

  private static void addDay(
      List<AlefUsage> usage, LocalDate day, long bytes, SeededRandom random) {
    List<Integer> stretches = stretches(random);
    for (int stretch : stretches) {
      Instant end = SeededFleet.midnight(day).plus(AlefUsage.LENGTH.multipliedBy(stretch + 1L));
      double share = (double) bytes / stretches.size() * (0.25 + 1.5 * random.nextDouble());
      usage.add(usage(end, share, random));
    }
  }

  /** Returns the numbers of a day's five minutes with traffic, none to two in each hour. */
  private static List<Integer> stretches(SeededRandom random) {
    List<Integer> stretches = new ArrayList<>();
    for (int hour = 0; hour < 24; hour++) {
      int place = random.below(HOUR_STRETCHES);
      if (!random.chance(1.0 / 8)) {
        stretches.add(hour * HOUR_STRETCHES + place);
        int left = HOUR_STRETCHES - 1 - place;
        if (left > 0 && random.chance(0.3)) {
          stretches.add(hour * HOUR_STRETCHES + place + 1 + random.below(left));
        }
      }
    }
    return stretches;
  }

  /** A snapshot is about now, when no generated day is over: its figures are of no day. */
  private AlefUsage snapshot(int number, Instant end) {
    SeededRandom random = seeded.random(number, -1, end.getEpochSecond());
    return usage(end, seeded.medianBytes(number) / 24 * (0.25 + 1.5 * random.nextDouble()), random);
  }

  private static AlefUsage usage(Instant end, double bytes, SeededRandom random) {
    double uplinkShare = 0.05 + 0.3 * random.nextDouble();
    BigDecimal downlink =
        random.chance(0.1) ? BigDecimal.ZERO : bytes(bytes * (1 - uplinkShare), random);
    return new AlefUsage(
        end,
        bytes(bytes * uplinkShare, random),
        downlink,
        Duration.ofMillis(1 + random.below((int) AlefUsage.LENGTH.toMillis())));
  }

  private static BigDecimal bytes(double bytes, SeededRandom random) {
    long whole = 1 + (long) bytes;
    return random.chance(1.0 / 8)
        ? BigDecimal.valueOf(whole * 10 + 5, 1)
        : BigDecimal.valueOf(whole);
  }

  Stream<AlefMember> all() {
    return roster.stream();
  }

  Stream<AlefMember> ofMsisdn(String msisdn) {
    return byMsisdn.find(msisdn).stream();
  }

  Stream<AlefMember> ofImsi(String imsi) {
    return byImsi.find(imsi).stream();
  }

  Stream<AlefMember> ofSite(String siteId) {
    return Stream.concat(
        added.stream().filter(member -> member.subscriber().siteId().equals(siteId)),
        sites.number(siteId).stream()
            .filter(site -> (long) site * perSite < seeded.size())
            .boxed()
            .flatMap(site -> roster.generated(site * perSite, (site + 1) * perSite).stream()));
  }

  /** Returns the subscribers, the added ones first. */
  List<AlefSubscriber> subscribers() {
    return roster.view(AlefMember::subscriber);
  }
}
