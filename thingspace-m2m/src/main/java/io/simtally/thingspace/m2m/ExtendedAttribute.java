package io.simtally.thingspace.m2m;

import com.squareup.moshi.JsonReader;
import io.simtally.core.internal.InternedStrings;
import io.simtally.core.internal.Json;
import io.simtally.core.internal.Preconditions;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A further value of a day.
 *
 * @param key the name of the value, for example {@code MoSms}
 * @param value its value as text, or null if ThingSpace left it out
 */
public record ExtendedAttribute(String key, @Nullable String value) {
  private static final JsonReader.Options NAMES = JsonReader.Options.of("key", "value");
  private static final InternedStrings KEYS =
      InternedStrings.of("MoSms", "MtSms", "domesticUsage", "internationalUsage");

  /** Most devices neither send messages nor roam. */
  private static final InternedStrings VALUES = InternedStrings.of("0");

  /** Refuses null. */
  public ExtendedAttribute {
    Preconditions.present("key", key);
  }

  static ExtendedAttribute read(JsonReader reader) throws IOException {
    String key = null;
    String value = null;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(NAMES)) {
        case 0 -> key = Json.once(reader, key, Json.text(reader, KEYS));
        case 1 -> value = Json.once(reader, value, Json.text(reader, VALUES));
        default -> Json.skipMember(reader);
      }
    }
    var attribute = new ExtendedAttribute(Json.required(reader, "key", key), value);
    reader.endObject();
    return attribute;
  }
}
