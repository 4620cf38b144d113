package io.simtally.iotx;

import com.squareup.moshi.JsonReader;
import io.simtally.core.internal.Json;
import java.io.IOException;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Cache of the bucket times of one answer, which its subscribers share. Not thread-safe. */
final class TimeCache {
  private static final int SLOTS = 256;

  private final @Nullable String[] texts = new String[SLOTS];
  private final @Nullable OffsetDateTime[] times = new OffsetDateTime[SLOTS];

  /** Reads the name of the next member as a time. */
  OffsetDateTime next(JsonReader reader) throws IOException {
    var text = reader.nextName();
    var hash = text.hashCode();
    var slot = (hash ^ (hash >>> 8)) & (SLOTS - 1);
    var known = times[slot];
    if (known != null && text.equals(texts[slot])) {
      return known;
    }
    var time = Json.time(reader, "a time", text);
    texts[slot] = text;
    times[slot] = time;
    return time;
  }
}
