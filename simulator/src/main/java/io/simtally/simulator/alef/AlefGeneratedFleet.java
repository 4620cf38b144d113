package io.simtally.simulator.alef;

import io.simtally.simulator.internal.SeededRandom;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/**
 * Subscribers in any number that take no memory: their identifiers carry their number, so that one
 * is found by reading the number and writing the identifier anew.
 *
 * @param size number of subscribers
 * @param perSite how many of them share a site
 * @param seed equal seeds give equal fleets; a larger fleet begins with the subscribers of a
 *     smaller
 * @param firstDay the first day of UTC with usage
 * @param lastDay the last day of UTC with usage
 */
record AlefGeneratedFleet(int size, int perSite, long seed, LocalDate firstDay, LocalDate lastDay) {
  static final int MAX_SIZE = 1_000_000;

  private static final int NUMBER_DIGITS = 6;
  private static final int SITE_NUMBER_DIGITS = 12;

  /** Four digits that the identifiers of one seed have in common. */
  int block() {
    return Math.floorMod(new SeededRandom(seed).nextLong(), 10_000);
  }

  AlefSubscriber subscriber(int index) {
    return new AlefSubscriber(msisdn(index), imsi(index), site(index / perSite));
  }

  int sites() {
    return (size + perSite - 1) / perSite;
  }

  /** The first of a site, whether or not it has been made. */
  int firstOf(int site) {
    return site * perSite;
  }

  String site(int number) {
    return String.format(Locale.ROOT, "62c4%04d5afe%0" + SITE_NUMBER_DIGITS + "d", block(), number);
  }

  AlefMember member(int index) {
    return new AlefGeneratedMember(this, index);
  }

  Optional<AlefMember> findMsisdn(String msisdn) {
    return candidate(msisdn, 13).filter(found -> found.subscriber().msisdn().equals(msisdn));
  }

  Optional<AlefMember> findImsi(String imsi) {
    return candidate(imsi, 15).filter(found -> found.subscriber().imsi().equals(imsi));
  }

  Optional<Integer> findSite(String siteId) {
    int start = siteId.length() - SITE_NUMBER_DIGITS;
    if (start < 0 || !siteId.substring(start).matches("0{6}[0-9]{6}")) {
      return Optional.empty();
    }
    int number = Integer.parseInt(siteId.substring(start));
    return number < sites() && site(number).equals(siteId) ? Optional.of(number) : Optional.empty();
  }

  /** The subscriber whose number ends an identifier; the identifier may still be another's. */
  private Optional<AlefMember> candidate(String id, int length) {
    if (id.length() != length || !id.matches("[0-9]+")) {
      return Optional.empty();
    }
    int index = Integer.parseInt(id.substring(length - NUMBER_DIGITS));
    return index < size ? Optional.of(member(index)) : Optional.empty();
  }

  private String msisdn(int index) {
    return String.format(Locale.ROOT, "802%04d%06d", block(), index);
  }

  private String imsi(int index) {
    return String.format(Locale.ROOT, "31055%04d%06d", block(), index);
  }
}
