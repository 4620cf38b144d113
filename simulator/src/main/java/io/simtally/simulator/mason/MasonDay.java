package io.simtally.simulator.mason;

import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a SIM of a simulated Mason fleet used on a day.
 *
 * <p>A SIM that changed its device has two of one day, with different markers.
 *
 * @param day the day in UTC
 * @param upload bytes sent
 * @param download bytes received
 * @param markers what the usage is marked with, by the marker's key; none outside of Mason devices
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
          "no numbers of bytes: upload " + upload + " and download " + download);
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
   * {@return this day with a further marker, or another value of one it has}
   *
   * @param key one of those documented: {@code device-type}
   * @param value what the usage is marked with, not blank
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
