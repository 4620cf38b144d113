package io.simtally.cli.report;

import io.simtally.cli.usage.AccountRow;
import io.simtally.cli.usage.ByteCount;
import io.simtally.cli.usage.CarrierTerms;
import io.simtally.cli.usage.DeviceUsage;
import io.simtally.core.DayRange;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageReader;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The devices of the HTML report, as compact data for its script.
 *
 * <p>The page has the devices that used most, and the days of the first of them: it must open in a
 * browser whatever the size of the fleet. {@code fleet-devices.csv} has all devices.
 */
public final class DeviceTable implements DeviceUsage.Sink {
  /** The most devices of a page. */
  private static final int MOST_DEVICES = 100_000;

  /** The most days of devices of a page. */
  private static final int MOST_DAYS = 300_000;

  private static final int CHUNK = 10_000;

  /** A script's numbers are exact up to here. */
  private static final BigInteger MOST_EXACT = BigInteger.TWO.pow(53).subtract(BigInteger.ONE);

  /**
   * A device.
   *
   * @param bytes its bytes, or the greatest number if they exceed it
   */
  private record Row(CarrierTerms carrier, DeviceUsage device, long bytes) {
    Row(CarrierTerms carrier, DeviceUsage device) {
      this(
          carrier,
          device,
          device.totalBytes().bitLength() < Long.SIZE
              ? device.totalBytes().longValue()
              : Long.MAX_VALUE);
    }

    /** Orders by bytes, the greatest first. Nearly all pairs differ in a number. */
    static int compare(Row one, Row other) {
      if (one.bytes != other.bytes) {
        return Long.compare(other.bytes, one.bytes);
      }
      var byBytes = other.device.totalBytes().compareTo(one.device.totalBytes());
      return byBytes != 0 ? byBytes : one.device.subject().compareTo(other.device.subject());
    }
  }

  private final DayRange period;

  /** The smallest first. */
  private final PriorityQueue<Row> greatest =
      new PriorityQueue<>((one, other) -> Row.compare(other, one));

  private long devices;

  public DeviceTable(DayRange period) {
    this.period = period;
  }

  @Override
  public void take(CarrierTerms carrier, DeviceUsage device) {
    if (device.isAccount()) {
      return;
    }
    devices++;
    var row = new Row(carrier, device);
    if (greatest.size() == MOST_DEVICES) {
      if (Row.compare(row, greatest.element()) > 0) {
        return;
      }
      greatest.remove();
    }
    greatest.add(row);
  }

  /** Returns the data, with the days of the first devices from the store. */
  public Data data(UsageReader store) {
    var rows = new ArrayList<>(greatest);
    rows.sort(Row::compare);
    var first = rows.subList(0, (int) Math.min(rows.size(), MOST_DAYS / period.days()));
    var data = new Data(period, devices, rows.size(), first.size());
    rows.forEach(data::add);
    var byAccount = new LinkedHashMap<AccountRow, List<String>>();
    for (var row : first) {
      byAccount
          .computeIfAbsent(row.carrier().key(), key -> new ArrayList<>())
          .add(row.device().subject());
    }
    var days = new HashMap<AccountRow, Map<String, String[]>>();
    byAccount.forEach((key, subjects) -> days.put(key, days(key, subjects, store)));
    for (var row : first) {
      data.addDays(days.getOrDefault(row.carrier().key(), Map.of()).get(row.device().subject()));
    }
    return data;
  }

  private Map<String, String[]> days(AccountRow key, List<String> subjects, UsageReader store) {
    var days = new HashMap<String, String[]>();
    var query = UsageQuery.days(period).provider(key.provider()).account(key.account());
    for (int from = 0; from < subjects.size(); from += CHUNK) {
      var chunk = subjects.subList(from, Math.min(from + CHUNK, subjects.size()));
      try (var rows = store.subjectDays(query, chunk)) {
        rows.forEach(
            row ->
                days.computeIfAbsent(row.subject(), each -> new String[(int) period.days()])[
                        (int) (row.day().toEpochDay() - period.from().toEpochDay())] =
                    row.totalBytes().toString());
      }
    }
    return days;
  }

  /** The data of a page. */
  public static final class Data {
    private final DayRange period;
    private final long devices;
    private final int shown;
    private final int withDays;
    private final Map<AccountRow, Integer> accounts = new HashMap<>();
    private final List<Object> names = new ArrayList<>();
    private final Map<List<Object>, Integer> places = new HashMap<>();
    private final List<Object> gaps = new ArrayList<>();
    private final List<Object> rows = new ArrayList<>();
    private final List<Object> days = new ArrayList<>();

    private Data(DayRange period, long devices, int shown, int withDays) {
      this.period = period;
      this.devices = devices;
      this.shown = shown;
      this.withDays = withDays;
    }

    private void add(Row row) {
      var device = row.device();
      var bytes = device.totalBytes();
      var cells = new ArrayList<@Nullable Object>();
      cells.add(device.subject());
      cells.add(device.label());
      cells.add(device.group());
      cells.add(
          accounts.computeIfAbsent(
              row.carrier().key(),
              key -> {
                names.add(row.carrier().name());
                return names.size() - 1;
              }));
      // Beyond the numbers of a script the digits are a text.
      cells.add(bytes.compareTo(MOST_EXACT) <= 0 ? bytes.longValue() : bytes.toString());
      cells.add(gap(device));
      rows.add(cells);
    }

    /** Most devices lack the same days: their rows refer to one entry. */
    private int gap(DeviceUsage device) {
      var gap =
          List.<Object>of(
              indexes(device.unknown().stream().map(each -> each.days()).toList()),
              indexes(device.unsettled()));
      return places.computeIfAbsent(
          gap,
          key -> {
            gaps.add(key);
            return gaps.size() - 1;
          });
    }

    private List<List<Long>> indexes(List<DayRange> ranges) {
      return ranges.stream()
          .map(
              each ->
                  List.of(
                      each.from().toEpochDay() - period.from().toEpochDay(),
                      each.to().toEpochDay() - period.from().toEpochDay()))
          .toList();
    }

    private void addDays(String @Nullable [] bytes) {
      var text = new StringBuilder();
      if (bytes != null) {
        for (var each : bytes) {
          text.append(each == null ? "" : each).append(',');
        }
      }
      days.add(text.toString());
    }

    /** Returns whether there is no device. */
    public boolean isEmpty() {
      return rows.isEmpty();
    }

    /** Returns the data as JSON values. */
    public Map<String, Object> toJson() {
      return Map.of("accounts", names, "gaps", gaps, "rows", rows, "days", days);
    }

    /** Returns what the page does not have, in a sentence, or null if it has all. */
    public @Nullable String limit() {
      var parts = new ArrayList<String>();
      if (shown < devices) {
        parts.add(
            "This page has the %s devices that used most of %s; fleet-devices.csv has all."
                .formatted(ByteCount.grouped(shown), ByteCount.grouped(devices)));
      }
      if (withDays < shown) {
        parts.add(
            "It has the single days of the first %s devices; fleet-report.csv has all days."
                .formatted(ByteCount.grouped(withDays)));
      }
      return parts.isEmpty() ? null : String.join(" ", parts);
    }
  }
}
