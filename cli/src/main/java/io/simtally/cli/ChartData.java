package io.simtally.cli;

import com.squareup.moshi.Moshi;
import io.simtally.cli.usage.ByteCount;
import io.simtally.cli.usage.CarrierUsage;
import io.simtally.cli.usage.FleetUsage;
import io.simtally.cli.usage.Period;
import io.simtally.cli.usage.Runaway;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** The numbers behind the charts, as JSON that may stand inside a script element. */
final class ChartData {

  private static final DateTimeFormatter SHORT_DAY =
      DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
  private static final int RUNAWAYS_SHOWN = 15;

  private ChartData() {}

  static String json(FleetUsage fleet) {
    Map<String, Object> charts =
        Map.of(
            "days", days(fleet.period()),
            "daily", fleet.carriers().stream().map(ChartData::daily).toList(),
            "top", fleet.carriers().stream().map(ChartData::top).toList(),
            "runaways", runaways(fleet.runaways()));
    return insideScript(new Moshi.Builder().build().adapter(Object.class).toJson(charts));
  }

  private static List<Object> days(Period period) {
    return IntStream.range(0, period.length())
        .mapToObj(period::date)
        .<Object>map(ChartData::day)
        .toList();
  }

  private static Map<String, Object> day(LocalDate date) {
    return Map.of("label", SHORT_DAY.format(date), "date", date.toString());
  }

  private static Map<String, Object> daily(CarrierUsage carrier) {
    return Map.of(
        "name", carrier.carrier(),
        "points",
            IntStream.range(0, carrier.bytesByDay().size())
                .mapToObj(day -> bytes(carrier.addedBytes(day)))
                .toList());
  }

  private static List<Object> top(CarrierUsage carrier) {
    return carrier.top().stream()
        .<Object>map(device -> Map.of("name", device.subject(), "total", bytes(device.bytes())))
        .toList();
  }

  private static List<Object> runaways(List<Runaway> runaways) {
    return runaways.stream()
        .limit(RUNAWAYS_SHOWN)
        .<Object>map(
            runaway ->
                Map.of(
                    "name", runaway.subject(),
                    "lastDay", bytes(runaway.bytes()),
                    "median", bytes(runaway.medianBytes())))
        .toList();
  }

  /** A number to draw, and its words: a script's numbers are exact up to 2^53 only. */
  private static Map<String, Object> bytes(long bytes) {
    return Map.of(
        "bytes", bytes, "text", ByteCount.human(bytes) + " (" + ByteCount.exact(bytes) + ")");
  }

  // "</script>" or "<!--" in a device's name would end or distort the script element.
  private static String insideScript(String json) {
    return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
  }
}
