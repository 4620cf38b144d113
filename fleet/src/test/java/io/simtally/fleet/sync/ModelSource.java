package io.simtally.fleet.sync;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.UsageSource;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A carrier that reports the figures of a test. */
final class ModelSource implements UsageSource {
  /** The bytes of each device on each day; a day without bytes has no record. */
  final Map<String, Map<LocalDate, Long>> bytes = new TreeMap<>();

  final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();

  /** The devices of which all responses are empty. */
  final List<String> empty = new ArrayList<>();

  private final String account;
  private final boolean isWhole;

  /**
   * Creates a carrier.
   *
   * @param isWhole whether it reports its whole account at once, day by day
   */
  ModelSource(String account, boolean isWhole) {
    this.account = account;
    this.isWhole = isWhole;
  }

  void set(String device, LocalDate day, long of) {
    bytes.computeIfAbsent(device, key -> new TreeMap<>()).put(day, of);
  }

  @Override
  public String provider() {
    return "carrier";
  }

  @Override
  public String account() {
    return account;
  }

  @Override
  public int daysAtOnce() {
    return isWhole ? 1 : Integer.MAX_VALUE;
  }

  @Override
  public Iterable<Device> devices(DayRange days) {
    return isWhole
        ? List.of(Device.ACCOUNT)
        : bytes.keySet().stream().map(each -> new Device("iccid", each)).toList();
  }

  @Override
  public CompletableFuture<List<UsageRecord>> read(Device device, DayRange days) {
    asked.add(device.id() + " " + days);
    var records = new ArrayList<UsageRecord>();
    for (var each : isWhole ? List.copyOf(bytes.keySet()) : List.of(device.id())) {
      if (!empty.contains(each)) {
        bytes
            .getOrDefault(each, Map.of())
            .forEach(
                (day, of) -> {
                  if (of > 0 && days.contains(day)) {
                    records.add(record(each, day, of));
                  }
                });
      }
    }
    return CompletableFuture.completedFuture(records);
  }

  private static UsageRecord record(String subject, LocalDate day, long of) {
    return new UsageRecord(
        "carrier", subject, DayRange.of(day).start(), Duration.ofDays(1), of, null, null, null);
  }

  @Override
  public void close() {}
}
