package io.simtally.reliability.paging;

import io.simtally.thingspace.m2m.DailyUsage;
import io.simtally.thingspace.m2m.ExtendedAttribute;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A row of the usage history model. It has few possible values, so that equal rows are common.
 *
 * @param timestamp the time as the server writes it
 * @param time the parsed time
 * @param source 0 for a row without one
 * @param attributes the number of extended attributes
 */
record HistoryRow(String timestamp, OffsetDateTime time, int bytes, int source, int attributes) {
  private static final Instant START = Instant.parse("2020-12-01T00:00:00Z");
  private static final String[] FRACTIONS = {"", "", ".000", ".25", ".75", ".999999999"};
  private static final String[] KEYS = {"MoSms", "MtSms", "domesticUsage"};

  /** Draws a row at a moment in a second. */
  static HistoryRow draw(Random random, long second) {
    var local = START.plusSeconds(second).toString().replace("Z", "");
    var zone = random.nextInt(4) == 0 ? "+00:00" : "Z";
    return at(
        local + FRACTIONS[random.nextInt(FRACTIONS.length)] + zone,
        random.nextInt(2),
        random.nextInt(3),
        random.nextInt(3));
  }

  static HistoryRow at(String timestamp, int bytes, int source, int attributes) {
    return new HistoryRow(timestamp, OffsetDateTime.parse(timestamp), bytes, source, attributes);
  }

  Instant instant() {
    return time.toInstant();
  }

  /** Returns the second of the row; requests have no finer times. */
  Instant second() {
    return instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** Returns the row as in the documented response; {@code random} chooses irrelevant details. */
  String json(Random random) {
    var keys = new ArrayList<>(List.of(KEYS).subList(0, attributes));
    Collections.shuffle(keys, random);
    var extended =
        keys.stream().map(key -> "{\"key\":\"" + key + "\",\"value\":\"" + bytes + "\"}").toList();
    return "{\"bytesUsed\":%s,\"extendedAttributes\":%s,\"smsUsed\":0,%s\"timestamp\":\"%s\"}"
        .formatted(
            random.nextInt(4) == 0 ? "\"" + bytes + "\"" : bytes,
            extended,
            source > 0 ? "\"source\":\"Source " + source + "\"," : "",
            timestamp);
  }

  /** Returns the expected typed row. */
  DailyUsage typed() {
    return new DailyUsage(
        time,
        bytes,
        0,
        source > 0 ? "Source " + source : null,
        null,
        List.of(KEYS).subList(0, attributes).stream()
            .map(key -> new ExtendedAttribute(key, String.valueOf(bytes)))
            .toList());
  }

  /** Returns the row with its attributes sorted by key. */
  static DailyUsage inKeyOrder(DailyUsage row) {
    var sorted = new ArrayList<>(row.extendedAttributes());
    sorted.sort((one, other) -> one.key().compareTo(other.key()));
    return new DailyUsage(
        row.timestamp(), row.bytesUsed(), row.smsUsed(), row.source(), row.servicePlan(), sorted);
  }
}
