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
 * A row of the usage history model. Few values are drawn from, so that equal rows are common.
 *
 * @param timestamp as the server writes it
 * @param time the same, read
 * @param source 0 for a row without one
 * @param attributes how many extended attributes it has
 */
record HistoryRow(String timestamp, OffsetDateTime time, int bytes, int source, int attributes) {
  private static final Instant START = Instant.parse("2020-12-01T00:00:00Z");
  private static final String[] FRACTIONS = {"", "", ".000", ".25", ".75", ".999999999"};
  private static final String[] KEYS = {"MoSms", "MtSms", "domesticUsage"};

  /** A row at a moment between two whole seconds. */
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

  /** The only time that requests can name. */
  Instant second() {
    return instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** As the page shows it; {@code random} chooses what makes no difference. */
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

  /** What a client should make of it. */
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

  /** The same for rows whose attributes came in another order. */
  static DailyUsage inKeyOrder(DailyUsage row) {
    var sorted = new ArrayList<>(row.extendedAttributes());
    sorted.sort((one, other) -> one.key().compareTo(other.key()));
    return new DailyUsage(
        row.timestamp(), row.bytesUsed(), row.smsUsed(), row.source(), row.servicePlan(), sorted);
  }
}
