package io.simtally.mason;

import com.squareup.moshi.JsonReader;
import io.simtally.core.internal.InternedStrings;
import io.simtally.core.internal.Json;
import io.simtally.core.internal.Preconditions;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The group that a row counts.
 *
 * @param key the grouping as Mason writes it, for example {@code device-type}
 * @param value the group, for example {@code D450}
 */
public record Marker(String key, String value) {
  private static final JsonReader.Options NAMES = JsonReader.Options.of("key", "value");
  private static final InternedStrings KEYS =
      InternedStrings.of(
          "device-type",
          "device-group",
          "device-uuid",
          "imei",
          "incremental",
          "carrier",
          "mnc",
          "mcc",
          "mnc-mcc");

  /** Refuses null. */
  public Marker {
    Preconditions.present("key", key);
    Preconditions.present("value", value);
  }

  /** Returns null unless both parts are present: the row is then in no group. */
  static @Nullable Marker read(JsonReader reader) throws IOException {
    if (Json.skipNull(reader)) {
      return null;
    }
    String key = null;
    String value = null;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(NAMES)) {
        case 0 -> key = Json.once(reader, key, Json.text(reader, KEYS));
        case 1 -> value = Json.once(reader, value, Json.text(reader));
        default -> Json.skipMember(reader);
      }
    }
    reader.endObject();
    return key == null || value == null ? null : new Marker(key, value);
  }
}
