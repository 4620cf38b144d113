package io.simtally.examples.fleet;

import java.util.ArrayList;
import java.util.List;

/**
 * What one carrier reported.
 *
 * @param carrier its name
 * @param devices how many devices have records in the period
 * @param records how many records lie in the period
 * @param totalBytes their sum
 * @param bytesByDay the sum of each day of the period
 * @param top the devices that used most, the greatest first
 * @param runaways the devices whose last day is far above their median, the greatest first
 * @param outside what was delivered but lies outside the period
 * @param coverage how much of the fleet the figures cover
 */
record CarrierUsage(
    String carrier,
    int devices,
    long records,
    long totalBytes,
    List<Long> bytesByDay,
    List<DeviceTotal> top,
    List<Runaway> runaways,
    OutsidePeriod outside,
    Coverage coverage) {

  private static final int REFUSALS_SHOWN = 10;

  /** What share of the total a device used, for example {@code 4.2 %}. */
  String share(DeviceTotal device) {
    return totalBytes == 0 ? "-" : ByteCount.percent(device.bytes(), totalBytes);
  }

  /** How many devices could not be read, in a sentence. */
  String refusals() {
    return "%s of %s devices could not be read; the figures lack them."
        .formatted(ByteCount.grouped(coverage.refused().size()), asked());
  }

  /** The first devices that could not be read, with their reasons. */
  List<String> refused() {
    List<String> refused = coverage.refused();
    if (refused.size() <= REFUSALS_SHOWN) {
      return refused;
    }
    List<String> shown = new ArrayList<>(refused.subList(0, REFUSALS_SHOWN));
    shown.add("... and %s more".formatted(ByteCount.grouped(refused.size() - REFUSALS_SHOWN)));
    return shown;
  }

  /** What else a reader must know to read the figures rightly, in sentences. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    int silent = silentDevices();
    if (silent > 0) {
      notes.add(
          "%s of %s devices have no record in this period."
              .formatted(ByteCount.grouped(silent), asked()));
    }
    if (outside.records() > 0) {
      notes.add(
          "%s records (%s) start outside the period and are not counted."
              .formatted(ByteCount.grouped(outside.records()), ByteCount.human(outside.bytes())));
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
