package io.simtally.reliability.paging;

import io.simtally.mason.AggregateUsage;
import io.simtally.mason.Marker;
import io.simtally.mason.Sim;
import io.simtally.mason.Usage;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Random;

/**
 * A row of the Mason model. It has few possible values, so that equal rows are common.
 *
 * @param group 0 for a row without a marker
 */
record MasonRow(int day, int upload, int download, int sim, int group) {
  private static final OffsetDateTime START =
      OffsetDateTime.of(2020, 8, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  static MasonRow draw(Random random) {
    return new MasonRow(
        random.nextInt(3),
        random.nextInt(2),
        random.nextInt(2),
        random.nextInt(2),
        random.nextInt(3));
  }

  /** Returns the row as in a documented aggregate. */
  String aggregateJson(boolean isOfSim) {
    return "{"
        + (isOfSim ? "\"sim\":{\"iccid\":\"iccid" + sim + "\"}," : "")
        + (group > 0 ? "\"marker\":{\"key\":\"device-type\",\"value\":\"D" + group + "\"}," : "")
        + "\"usage\":"
        + usageJson("date")
        + "}";
  }

  /** Returns the row as in a documented series. */
  String seriesJson() {
    return usageJson("day");
  }

  private String usageJson(String date) {
    return "{\"total\":%d,\"unit\":\"bytes\",\"upload\":%d,\"%s\":\"2020-08-%02dT00:00:00Z\",\"download\":%d}"
        .formatted(upload + download, upload, date, day + 1, download);
  }

  AggregateUsage aggregate(boolean isOfSim) {
    return new AggregateUsage(
        usage(),
        isOfSim ? new Sim("iccid" + sim) : null,
        group > 0 ? new Marker("device-type", "D" + group) : null);
  }

  Usage usage() {
    return new Usage(START.plusDays(day), upload, download, upload + download, "bytes");
  }
}
