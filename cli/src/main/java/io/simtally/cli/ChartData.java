package io.simtally.cli;

import com.squareup.moshi.Moshi;
import io.simtally.cli.report.DeviceTable;
import io.simtally.cli.usage.ByteCount;
import io.simtally.cli.usage.CarrierUsage;
import io.simtally.cli.usage.FleetUsage;
import io.simtally.cli.usage.Runaway;
import io.simtally.core.DayRange;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** The numbers of the charts, as JSON that is safe inside a script element. */
final class ChartData {

  private static final DateTimeFormatter SHORT_DAY =
      DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
  private static final int RUNAWAYS_SHOWN = 15;

  private ChartData() {}

  static String json(FleetUsage fleet, DeviceTable.Data devices) {
    Map<String, Object> charts =
        Map.of(
            "days", days(fleet.period()),
            "daily", fleet.carriers().stream().map(ChartData::daily).toList(),
            "top", fleet.carriers().stream().map(ChartData::top).toList(),
            "runaways", runaways(fleet.runaways()),
            "unknown",
                IntStream.range(0, (int) fleet.period().days()).mapToObj(fleet::unknown).toList(),
            "devices", devices.toJson());
    return insideScript(new Moshi.Builder().build().adapter(Object.class).toJson(charts));
  }

  private static List<Object> days(DayRange period) {
    return period.each().stream().<Object>map(ChartData::day).toList();
  }

  private static Map<String, Object> day(LocalDate date) {
    return Map.of("label", SHORT_DAY.format(date), "date", date.toString());
  }

  private static Map<String, Object> daily(CarrierUsage carrier) {
    return Map.of(
        "name", carrier.carrier(),
        "points",
            IntStream.range(0, carrier.bytesByDay().size())
                .mapToObj(day -> daily(carrier, day))
                .toList(),
        "unsettled", carrier.unsettledDays());
  }

  private static Map<String, Object> daily(CarrierUsage carrier, int day) {
    long unknown = carrier.unknownByDay().get(day);
    return bytes(
        carrier.addedBytes(day),
        (unknown == 0 ? "" : "; unknown: " + carrier.unknownInWords(unknown))
            + (carrier.isUnsettled(day) ? "; not settled" : ""));
  }

  private static List<Object> top(CarrierUsage carrier) {
    return carrier.top().stream()
        .<Object>map(
            device ->
                Map.of(
                    "name", device.name(),
                    "total",
                        bytes(
                            device.bytes(),
                            device.unknownDays() == 0 ? "" : "; unknown: " + device.unknown()),
                    "unknown", device.unknownDays()))
        .toList();
  }

  private static List<Object> runaways(List<Runaway> runaways) {
    return runaways.stream()
        .limit(RUNAWAYS_SHOWN)
        .<Object>map(
            runaway ->
                Map.of(
                    "name", runaway.subject(),
                    "lastDay", bytes(BigInteger.valueOf(runaway.bytes()), ""),
                    "median", bytes(BigInteger.valueOf(runaway.medianBytes()), "")))
        .toList();
  }

  /** A number to draw, and its words: a script's numbers are exact up to 2^53 only. */
  private static Map<String, Object> bytes(BigInteger bytes, String remark) {
    return Map.of(
        "bytes",
        bytes.doubleValue(),
        "text",
        ByteCount.human(bytes) + " (" + ByteCount.exact(bytes) + ")" + remark);
  }

  // "</script>" or "<!--" in a device's name would end or distort the script element.
  private static String insideScript(String json) {
    return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
  }
}
