package io.simtally.thingspace.m2m;

import io.simtally.core.internal.JsonBody;
import java.util.ArrayList;
import java.util.Comparator;

/**
 * What a cursor remembers of a delivered row: enough to know it again, and to see that it has
 * changed since. 64 bits each: no two rows of one second will ever share them by chance.
 *
 * @param identity stands for whose count it is: the row's moment, source and service plan
 * @param counts stands for what was counted: bytes, messages and all extended attributes
 */
record RowDigest(String identity, String counts) {
  private static final int DIGITS = 16;

  /** The length of what {@link #toString()} writes. */
  static final int LENGTH = 2 * DIGITS;

  private static final Comparator<ExtendedAttribute> BY_KEY =
      Comparator.comparing(ExtendedAttribute::key)
          .thenComparing(
              ExtendedAttribute::value, Comparator.nullsFirst(Comparator.naturalOrder()));

  static RowDigest of(DailyUsage row) {
    return new RowDigest(identityOf(row), countsOf(row));
  }

  private static String identityOf(DailyUsage row) {
    return digest(
        json ->
            json.beginArray()
                .value(row.timestamp().toInstant().toString())
                .value(row.source())
                .value(row.servicePlan())
                .endArray());
  }

  private static String countsOf(DailyUsage row) {
    // The same row may come back in another notation: no rule orders its attributes.
    var attributes = new ArrayList<>(row.extendedAttributes());
    attributes.sort(BY_KEY);
    return digest(
        json -> {
          json.beginArray().value(row.bytesUsed()).value(row.smsUsed());
          for (var attribute : attributes) {
            json.value(attribute.key()).value(attribute.value());
          }
          json.endArray();
        });
  }

  private static String digest(JsonBody text) {
    return JsonBody.write(text).sha256().hex().substring(0, DIGITS);
  }

  /** The text that travels in a cursor. */
  @Override
  public String toString() {
    return identity + counts;
  }

  /** Reads what {@link #toString()} wrote. */
  static RowDigest parse(String text) {
    return new RowDigest(text.substring(0, DIGITS), text.substring(DIGITS));
  }
}
