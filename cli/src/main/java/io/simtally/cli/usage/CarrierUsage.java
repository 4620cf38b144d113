package io.simtally.cli.usage;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The usage of one account of a carrier in a period.
 *
 * @param carrier the display name
 * @param key the provider and the account
 * @param wholeAccount whether the figures are of an account whose devices are not named
 * @param devices the number of devices with records in the period; 0 for a whole account
 * @param requestedDevices the number of requested devices, or null if the account was requested
 * @param records the number of records in the period
 * @param totalBytes their sum
 * @param bytesByDay the sum of each day of the period
 * @param top the devices that used most, the greatest first
 * @param runaways the devices whose last day is far above their median, the greatest first
 * @param sources the days that several sources counted
 * @param failure the reason why the carrier as a whole could not be read, or null
 * @param failedDevices the number of requested devices that could not be read
 * @param failures their failures, grouped by reason
 * @param heldForGood the devices, or the account, whose stored figures are kept because a settled
 *     response would have removed usage, grouped by reason
 * @param unknown the requested days that the store lacks
 * @param unknownByDay the number of devices whose usage is unknown, for each day of the period
 * @param silentDevices the number of requested devices that are known to have used nothing
 * @param idleDevices the number of devices that are known to have used no bytes
 * @param unsettledByDay the number of devices whose usage may still be corrected, for each day
 * @param overlap the usage that another carrier's figures include
 * @param from the first day of the period
 * @param told what the carrier itself says about its figures, in sentences
 */
public record CarrierUsage(
    String carrier,
    AccountRow key,
    boolean wholeAccount,
    long devices,
    @Nullable Long requestedDevices,
    long records,
    BigInteger totalBytes,
    List<BigInteger> bytesByDay,
    List<DeviceTotal> top,
    List<Runaway> runaways,
    SeveralSources sources,
    @Nullable String failure,
    long failedDevices,
    List<FailureGroup> failures,
    List<FailureGroup> heldForGood,
    UnknownDays unknown,
    List<Long> unknownByDay,
    long silentDevices,
    long idleDevices,
    List<Long> unsettledByDay,
    Overlap overlap,
    LocalDate from,
    List<String> told) {

  private static final int GROUPS_SHOWN = 10;

  /** The total of days of which nothing is known. */
  static final String UNKNOWN = "unknown";

  /** Returns the number of devices in words, for example {@code 1,200}. */
  public String devicesInWords() {
    return wholeAccount ? "whole account" : ByteCount.grouped(devices);
  }

  /** Returns whether nothing is known of the period. */
  public boolean isUnknown() {
    return records == 0 && unknown.isAll();
  }

  /** Returns the rounded total, or {@code unknown}. */
  public String totalInWords() {
    return isUnknown() ? UNKNOWN : ByteCount.human(totalBytes);
  }

  /** Returns the total with all digits, or {@code unknown}. */
  public String exactTotal() {
    return isUnknown() ? UNKNOWN : ByteCount.exact(totalBytes);
  }

  /** Returns the number of devices that are unknown on a day, in words. */
  public String unknownInWords(long count) {
    return unknown.isOfAccount() ? "the account" : ByteCount.counted(count, "device");
  }

  /** Returns whether nothing is known of a day, counted from 0. */
  public boolean isUnknown(int day) {
    return bytesByDay.get(day).signum() == 0
        && unknownByDay.get(day) > 0
        && unknownByDay.get(day) == unknown.requestedDevices();
  }

  /** Returns whether every requested day is known and nothing failed. */
  public boolean isComplete() {
    return failure == null && failedDevices == 0 && unknown.isNone();
  }

  /** Returns the bytes that this carrier adds to the total of the fleet. */
  public BigInteger addedBytes() {
    return totalBytes.subtract(overlap.bytes());
  }

  /** Returns the bytes that this carrier adds to the total of a day, counted from 0. */
  public BigInteger addedBytes(int day) {
    return bytesByDay.get(day).subtract(overlap.bytesOf(day));
  }

  /** Returns the bytes of a day, counted from 0, that another carrier's figure includes. */
  public BigInteger leftOutBytes(int day) {
    return overlap.bytesOf(day);
  }

  /** Returns whether the carrier may still correct a day, counted from 0, of a device. */
  public boolean isUnsettled(int day) {
    return unsettledByDay.get(day) > 0;
  }

  /** Returns the share of a device in the total, for example {@code 4.2 %}. */
  public String share(DeviceTotal device) {
    return totalBytes.signum() == 0 ? "-" : ByteCount.percent(device.bytes(), totalBytes);
  }

  /** Returns what is missing, in sentences; empty if the figures are complete. */
  public List<String> missing() {
    var missing = new ArrayList<String>();
    if (failure != null) {
      missing.add(carrier + " failed: " + failure);
    }
    if (failedDevices > 0) {
      missing.add(refusals());
    }
    if (!unknown.isNone()) {
      missing.add(unknown.sentence());
    }
    return missing;
  }

  /** Returns how many devices could not be read, in a sentence. */
  public String refusals() {
    return "%s of %s devices could not be read; the figures lack them."
        .formatted(ByteCount.grouped(failedDevices), requested());
  }

  /** Returns the reasons why devices could not be read, the most frequent first. */
  public List<String> reasons() {
    return inWords(failures);
  }

  private static List<String> inWords(List<FailureGroup> groups) {
    var shown = new ArrayList<String>();
    groups.stream().limit(GROUPS_SHOWN).forEach(group -> shown.add(group.inWords()));
    if (groups.size() > GROUPS_SHOWN) {
      shown.add(
          "... and %s more messages".formatted(ByteCount.grouped(groups.size() - GROUPS_SHOWN)));
    }
    return shown;
  }

  /** Returns what else a reader must know of the figures, in sentences. */
  public List<String> notes() {
    var notes = new ArrayList<>(told);
    unsettled().ifPresent(notes::add);
    inWords(heldForGood).forEach(held -> notes.add("Held back after the settling time: " + held));
    if (wholeAccount) {
      notes.add(
          "These figures are of the whole account. The carrier does not name its devices, so none"
              + " is listed or judged.");
    }
    if (silentDevices > 0) {
      notes.add(
          "%s of %s devices have no record in this period."
              .formatted(ByteCount.grouped(silentDevices), requested()));
    }
    if (sources.days() > 0) {
      notes.add(
          "Counted by several sources (%s): %s of devices. Their counts are added up here and may"
                  .formatted(
                      String.join(", ", sources.sources()),
                      ByteCount.counted(sources.days(), "day"))
              + " overlap; the CSV file has them one by one.");
    }
    if (!overlap.isEmpty()) {
      notes.add(
          "Counted by %s too: %s. On %s of devices the total of all carriers uses that figure and leaves out %s of"
                  .formatted(
                      overlap.by(),
                      ByteCount.counted(overlap.devices(), "device"),
                      ByteCount.counted(overlap.days(), "day"),
                      ByteCount.human(overlap.bytes()))
              + " this carrier.");
    }
    if (overlap.contradictedDays() > 0) {
      notes.add(
          "%s reports no usage on %s of devices on which %s reports %s. The total counts these bytes; check them with the carrier."
              .formatted(
                  overlap.by(),
                  ByteCount.counted(overlap.contradictedDays(), "day"),
                  carrier,
                  ByteCount.human(overlap.contradictedBytes())));
    }
    return notes;
  }

  /** Returns a sentence on the days that the carrier may still correct, if there are any. */
  private Optional<String> unsettled() {
    var days = unsettledDays();
    if (days.isEmpty()) {
      return Optional.empty();
    }
    var first = days.get(0);
    var last = days.get(days.size() - 1);
    var isLast = first == unsettledByDay.size() - days.size();
    return Optional.of(
        "Not settled: %s%s, which the carrier may still correct."
            .formatted(
                isLast
                    ? "the last " + ByteCount.counted(days.size(), "day")
                    : ByteCount.counted(days.size(), "day"),
                isLast
                    ? ""
                    : " from %s to %s".formatted(from.plusDays(first), from.plusDays(last))));
  }

  /** Returns the days, counted from 0, that the carrier may still correct of a device. */
  public List<Integer> unsettledDays() {
    return IntStream.range(0, unsettledByDay.size())
        .filter(day -> unsettledByDay.get(day) > 0)
        .boxed()
        .toList();
  }

  /** Returns the days of devices that the carrier may still correct. */
  public long unsettledDeviceDays() {
    return unsettledByDay.stream().mapToLong(Long::longValue).sum();
  }

  private String requested() {
    return requestedDevices == null ? "the" : ByteCount.grouped(requestedDevices);
  }
}
