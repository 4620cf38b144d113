package io.simtally.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.SplittableRandom;

/** Minified responses of the three providers with the largest responses, equal in every run. */
final class Bodies {
  private static final long SEED = 20261122;
  private static final List<String> SOURCES =
      List.of("Raw Usage", "Rated Usage", "Estimated Usage");

  private Bodies() {}

  /** Returns a page of ThingSpace rows, one for each day, each with four attributes. */
  static byte[] thingSpace(int rows) {
    return thingSpace(0, rows);
  }

  /** Returns the page without its first rows. */
  static byte[] thingSpace(int skipped, int rows) {
    var random = new SplittableRandom(SEED);
    var page = new ThingSpacePage();
    for (int day = 0; day < rows; day++) {
      page.add(random, day, "Raw Usage", day >= skipped);
    }
    return page.body();
  }

  /** Returns a page of at most 90 rows spread over 30 days, each row of a day of another source. */
  static byte[] thingSpaceMonth(int rows) {
    var random = new SplittableRandom(SEED);
    var page = new ThingSpacePage();
    for (int day = 0; day < 30; day++) {
      for (int row = day; row < rows; row += 30) {
        page.add(random, day, SOURCES.get(row / 30), true);
      }
    }
    return page.body();
  }

  /** A page of ThingSpace rows. */
  private static final class ThingSpacePage {
    private final StringBuilder json = new StringBuilder();

    ThingSpacePage() {
      json.append("{\"hasMoreData\":false,\"deviceId\":{");
      json.append("\"id\":\"50684915885088839315521399821675\",");
      json.append("\"kind\":\"eid\"},\"usageHistory\":[");
    }

    /** Adds a row, or only advances the random numbers. */
    void add(SplittableRandom random, int day, String source, boolean isAdded) {
      var home = random.nextLong(1L << 34);
      var abroad = random.nextLong(1L << 24);
      var sent = messages(random);
      var received = messages(random);
      if (!isAdded) {
        return;
      }
      json.append(json.charAt(json.length() - 1) == '[' ? "" : ",");
      json.append("{\"bytesUsed\":").append(home + abroad).append(",\"extendedAttributes\":[");
      attribute(json, "MoSms", sent).append(',');
      attribute(json, "MtSms", received).append(',');
      attribute(json, "domesticUsage", home).append(',');
      attribute(json, "internationalUsage", abroad).append("],\"smsUsed\":");
      json.append(sent + received).append(",\"source\":\"").append(source);
      json.append("\",\"timestamp\":\"").append(LocalDate.of(2020, 12, 1).plusDays(day));
      json.append("T00:00:00Z\"}");
    }

    byte[] body() {
      return utf8(json.append("]}"));
    }
  }

  /** Returns zero on most days, as on all days of the sample. */
  private static int messages(SplittableRandom random) {
    return random.nextInt(10) == 0 ? 1 + random.nextInt(40) : 0;
  }

  private static StringBuilder attribute(StringBuilder json, String key, long value) {
    json.append("{\"key\":\"").append(key).append("\",\"value\":\"").append(value);
    return json.append("\"}");
  }

  /** Returns a page of Mason's monthly usage, one SIM per row. */
  static byte[] mason(int rows) {
    return utf8(new StringBuilder("{").append(masonRows(rows)).append('}'));
  }

  /** Returns the rows of a Mason page, without the object around them. */
  static String masonRows(int rows) {
    var random = new SplittableRandom(SEED);
    var json = new StringBuilder("\"data\":[");
    for (int i = 0; i < rows; i++) {
      var upload = random.nextLong(1L << 31);
      var download = random.nextLong(1L << 35);
      json.append(i == 0 ? "" : ",").append("{\"marker\":{\"key\":\"device-type\",\"value\":\"");
      json.append(random.nextBoolean() ? "G450" : "D450").append("\"},\"sim\":{\"iccid\":\"");
      json.append(8901260000000000000L + i).append("\"},\"usage\":{\"total\":");
      json.append(upload + download).append(",\"unit\":\"bytes\",\"upload\":").append(upload);
      json.append(",\"date\":\"2020-05-01T00:00:00Z\",\"download\":").append(download).append("}}");
    }
    return json.append(']').toString();
  }

  /** Returns IoT-X's usage by subscriber, with counts in strings as the service writes them. */
  static byte[] iotx(int subscribers, int buckets) {
    var random = new SplittableRandom(SEED);
    var start = LocalDateTime.of(2016, 12, 6, 10, 30);
    var total = 0L;
    var json = new StringBuilder("{\"content\":{\"subscriberDataUsage\":{");
    for (int i = 0; i < subscribers; i++) {
      json.append(i == 0 ? "" : ",").append('"').append(447500000000L + i).append("\":{");
      var first = start.plusMinutes(30L * random.nextInt(48));
      for (int bucket = 0; bucket < buckets; bucket++) {
        var bytes = random.nextLong(1L << 30);
        total += bytes;
        json.append(bucket == 0 ? "" : ",").append('"').append(first.plusMinutes(30L * bucket));
        json.append(":00+00:00\":\"").append(bytes).append('"');
      }
      json.append('}');
    }
    return utf8(json.append("},\"totalDataUsage\":").append(total).append("}}"));
  }

  private static byte[] utf8(CharSequence text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
