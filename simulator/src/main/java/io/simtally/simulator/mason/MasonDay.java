package io.simtally.simulator.mason;

import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The usage of a SIM of a simulated Mason fleet on one day.
 *
 * <p>A SIM that changed its device has two entries for the day, with different markers.
 *
 * @param day the day in UTC
 * @param upload bytes sent
 * @param download bytes received
 * @param markers the values of the markers by their keys; none outside of Mason devices
 */
public record MasonDay(LocalDate day, long upload, long download, Map<String, String> markers) {
  /**
   * Checks the numbers and the markers.
   *
   * @throws IllegalArgumentException if a number is negative, or their sum is beyond a long, or a
   *     marker has a key that is not documented or a blank value
   */
  public MasonDay {
    Objects.requireNonNull(day, "day");
    if (upload < 0 || download < 0 || upload > Long.MAX_VALUE - download) {
      throw new IllegalArgumentException(
          "invalid byte counts: upload " + upload + " and download " + download);
    }
    markers = Map.copyOf(markers);
    markers.forEach(MasonDay::check);
  }

  /**
   * {@return a day outside of Mason devices, which has no markers}
   *
   * @param day the day in UTC
   * @param upload bytes sent, from 0 on
   * @param download bytes received, from 0 on
   * @throws IllegalArgumentException if a number is negative, or their sum is beyond a long
   */
  public static MasonDay of(LocalDate day, long upload, long download) {
    return new MasonDay(day, upload, download, Map.of());
  }

  /**
   * {@return this day with this marker}
   *
   * @param key a documented key, for example {@code device-type}
   * @param value not blank
   * @throws IllegalArgumentException if the key is not documented or the value is blank
   */
  public MasonDay withMarker(String key, String value) {
    Map<String, String> more = new TreeMap<>(markers);
    more.put(key, value);
    return new MasonDay(day, upload, download, more);
  }

  private static void check(String key, String value) {
    if (MasonMarkerKey.find(key).isEmpty()) {
      throw new IllegalArgumentException("unknown marker key " + key);
    }
    if (value.isBlank()) {
      throw new IllegalArgumentException("the marker " + key + " has a blank value");
    }
  }
}
