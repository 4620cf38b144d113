package io.simtally.thingspace.m2m;

import io.simtally.core.internal.JsonBody;
import java.util.ArrayList;
import java.util.Comparator;

/**
 * The digest of a delivered row in a cursor, by which a repeated or changed row is recognised. Each
 * part has 64 bits, so that no two rows of one second share it by chance.
 *
 * @param identity digest of the row's moment, source and service plan
 * @param counts digest of bytes, messages and all extended attributes
 */
record RowDigest(String identity, String counts) {
  private static final int DIGITS = 16;

  /** The length of {@link #toString()}. */
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
    // A repeated row may have its attributes in another order.
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

  /** Returns the text that is stored in a cursor. */
  @Override
  public String toString() {
    return identity + counts;
  }

  /** Parses the text of {@link #toString()}. */
  static RowDigest parse(String text) {
    return new RowDigest(text.substring(0, DIGITS), text.substring(DIGITS));
  }
}
