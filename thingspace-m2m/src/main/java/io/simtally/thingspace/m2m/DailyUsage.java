package io.simtally.thingspace.m2m;

import com.squareup.moshi.JsonReader;
import io.simtally.core.UsageRecord;
import io.simtally.core.internal.ImmutableArrayList;
import io.simtally.core.internal.InternedStrings;
import io.simtally.core.internal.Json;
import io.simtally.core.internal.Preconditions;
import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The usage of a device on one day, as one source counted it. A day without usage has no row; a day
 * may have several rows, from several sources or service plans.
 *
 * @param timestamp the day, as ThingSpace writes it; the pages show midnight UTC
 * @param bytesUsed bytes sent and received
 * @param smsUsed messages sent and received
 * @param source the source of the count, for example {@code Raw Usage}, or null if ThingSpace does
 *     not say
 * @param servicePlan the plan it counts for, or null if ThingSpace does not say
 * @param extendedAttributes further values of the day
 */
public record DailyUsage(
    OffsetDateTime timestamp,
    long bytesUsed,
    long smsUsed,
    @Nullable String source,
    @Nullable String servicePlan,
    List<ExtendedAttribute> extendedAttributes) {
  private static final JsonReader.Options NAMES =
      JsonReader.Options.of(
          "bytesUsed", "extendedAttributes", "smsUsed", "source", "timestamp", "servicePlan");
  private static final InternedStrings SOURCES = InternedStrings.of("Raw Usage");

  /** Copies the attributes and refuses null. */
  public DailyUsage {
    Preconditions.present("timestamp", timestamp);
    Preconditions.present("extendedAttributes", extendedAttributes);
    extendedAttributes = ImmutableArrayList.copyOf(extendedAttributes);
  }

  /** {@return the number of messages the device sent; empty if ThingSpace gives no number} */
  public OptionalLong moSms() {
    return number("MoSms");
  }

  /** {@return the number of messages the device received; empty if ThingSpace gives no number} */
  public OptionalLong mtSms() {
    return number("MtSms");
  }

  /**
   * {@return the bytes used at home, for accounts with reciprocal roaming; empty if ThingSpace
   * gives no number}
   */
  public OptionalLong domesticUsage() {
    return number("domesticUsage");
  }

  /**
   * {@return the bytes used abroad, for accounts with reciprocal roaming; empty if ThingSpace gives
   * no number}
   */
  public OptionalLong internationalUsage() {
    return number("internationalUsage");
  }

  /**
   * {@return this row as a usage record} It starts at {@link #timestamp}, lasts a day and names its
   * {@link #source}. ThingSpace does not split uplink and downlink.
   *
   * @param subject the subject of the record
   */
  public UsageRecord usageRecord(String subject) {
    return new UsageRecord(
        "thingspace-m2m",
        subject,
        timestamp.toInstant(),
        Duration.ofDays(1),
        bytesUsed,
        null,
        null,
        source);
  }

  /** Ignores case: the page and its sample spell the keys differently. */
  private OptionalLong number(String key) {
    for (var attribute : extendedAttributes) {
      var value = attribute.value();
      if (attribute.key().equalsIgnoreCase(key) && value != null) {
        var number = Json.integer(value.strip());
        // The text remains in extendedAttributes.
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
      }
    }
    return OptionalLong.empty();
  }

  static DailyUsage read(JsonReader reader) throws IOException {
    OffsetDateTime timestamp = null;
    var bytesUsed = Json.NO_COUNT;
    var smsUsed = Json.NO_COUNT;
    String source = null;
    String servicePlan = null;
    List<ExtendedAttribute> extendedAttributes = null;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(NAMES)) {
        case 0 ->
            bytesUsed = Json.onceCount(reader, bytesUsed, Json.count(reader, "a number of bytes"));
        case 1 ->
            extendedAttributes =
                Json.once(reader, extendedAttributes, Json.list(reader, ExtendedAttribute::read));
        case 2 ->
            smsUsed = Json.onceCount(reader, smsUsed, Json.count(reader, "a number of messages"));
        case 3 -> source = Json.once(reader, source, Json.text(reader, SOURCES));
        case 4 -> timestamp = Json.once(reader, timestamp, Json.time(reader, "a time"));
        case 5 -> servicePlan = Json.once(reader, servicePlan, Json.text(reader));
        default -> Json.skipMember(reader);
      }
    }
    var usage =
        new DailyUsage(
            Json.required(reader, "timestamp", timestamp),
            Json.required(reader, "bytesUsed", bytesUsed),
            Json.required(reader, "smsUsed", smsUsed),
            source,
            servicePlan,
            extendedAttributes == null ? List.of() : extendedAttributes);
    reader.endObject();
    return usage;
  }
}
