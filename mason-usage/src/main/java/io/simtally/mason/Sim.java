package io.simtally.mason;

import com.squareup.moshi.JsonReader;
import io.simtally.core.internal.Json;
import io.simtally.core.internal.Preconditions;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The SIM of a row.
 *
 * @param iccid the number of the SIM card, with all its digits
 */
public record Sim(String iccid) {
  private static final JsonReader.Options NAMES = JsonReader.Options.of("iccid");

  /** Refuses null. */
  public Sim {
    Preconditions.present("iccid", iccid);
  }

  static @Nullable Sim read(JsonReader reader) throws IOException {
    if (Json.skipNull(reader)) {
      return null;
    }
    String iccid = null;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(NAMES)) {
        case 0 -> iccid = Json.once(reader, iccid, Json.text(reader));
        default -> Json.skipMember(reader);
      }
    }
    var sim = new Sim(Json.required(reader, "iccid", iccid));
    reader.endObject();
    return sim;
  }
}
