package io.simtally.cli.usage;

import java.util.ArrayList;
import java.util.List;

/**
 * What one carrier reported.
 *
 * @param carrier its name
 * @param provider its provider's name in records
 * @param devices how many devices have records in the period; 0 for a whole account
 * @param records how many records lie in the period
 * @param totalBytes their sum
 * @param bytesByDay the sum of each day of the period
 * @param top the devices that used most, the greatest first
 * @param runaways the devices whose last day is far above their median, the greatest first
 * @param sources what several sources counted
 * @param coverage how much of the fleet the figures cover
 * @param countedOnce the devices that another carrier counts too
 * @param told what the carrier itself tells readers of the figures, in sentences
 */
public record CarrierUsage(
    String carrier,
    String provider,
    int devices,
    long records,
    long totalBytes,
    List<Long> bytesByDay,
    List<DeviceTotal> top,
    List<Runaway> runaways,
    SeveralSources sources,
    FleetCoverage coverage,
    Overlap countedOnce,
    List<String> told) {

  private static final int REFUSALS_SHOWN = 10;

  /** The devices in words, for example {@code 1,200}. */
  public String devicesInWords() {
    return coverage.wholeAccount() ? "whole account" : ByteCount.grouped(devices);
  }

  /** What this carrier adds to the total of the fleet. */
  public long addedBytes() {
    return totalBytes - countedOnce.bytes();
  }

  /** What this carrier adds to the total of the fleet on a day counted from 0. */
  public long addedBytes(int day) {
    return bytesByDay.get(day) - countedOnce.bytesOf(day);
  }

  /** What share of the total a device used, for example {@code 4.2 %}. */
  public String share(DeviceTotal device) {
    return totalBytes == 0 ? "-" : ByteCount.percent(device.bytes(), totalBytes);
  }

  /** How many devices could not be read, in a sentence. */
  public String refusals() {
    return "%s of %s devices could not be read; the figures lack them."
        .formatted(ByteCount.grouped(coverage.refused().size()), asked());
  }

  /** The first devices that could not be read, with their reasons. */
  public List<String> refused() {
    List<String> refused = coverage.refused();
    if (refused.size() <= REFUSALS_SHOWN) {
      return refused;
    }
    List<String> shown = new ArrayList<>(refused.subList(0, REFUSALS_SHOWN));
    shown.add("... and %s more".formatted(ByteCount.grouped(refused.size() - REFUSALS_SHOWN)));
    return shown;
  }

  /** What else a reader must know to read the figures rightly, in sentences. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>(told);
    if (coverage.wholeAccount()) {
      notes.add(
          "These figures are those of the whole account: its devices are not told apart, so none"
              + " is listed or judged.");
    }
    int silent = silentDevices();
    if (silent > 0) {
      notes.add(
          "%s of %s devices have no record in this period."
              .formatted(ByteCount.grouped(silent), asked()));
    }
    if (sources.days() > 0) {
      notes.add(
          "Counted by several sources (%s): %s of devices. Their counts are added up here and may"
                  .formatted(
                      String.join(", ", sources.sources()),
                      ByteCount.counted(sources.days(), "day"))
              + " overlap; the CSV file has them one by one.");
    }
    if (!countedOnce.isEmpty()) {
      notes.add(
          "Counted by %s too: %s. The total of all carriers goes by that figure, and leaves out %s of"
                  .formatted(
                      countedOnce.by(),
                      ByteCount.counted(countedOnce.subjects().size(), "device"),
                      ByteCount.human(countedOnce.bytes()))
              + " this carrier.");
    }
    return notes;
  }

  private int silentDevices() {
    Integer asked = coverage.devicesAsked();
    return asked == null ? 0 : asked - coverage.refused().size() - devices;
  }

  private String asked() {
    Integer asked = coverage.devicesAsked();
    return asked == null ? "the" : ByteCount.grouped(asked);
  }
}
