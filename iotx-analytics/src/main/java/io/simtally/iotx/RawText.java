package io.simtally.iotx;

import com.squareup.moshi.JsonReader;
import io.simtally.core.internal.Json;
import java.io.IOException;

/** A text that nothing is counted from: whatever comes is kept, and never fails the answer. */
final class RawText {
  private RawText() {}

  static String read(JsonReader reader) throws IOException {
    return switch (reader.peek()) {
      case BEGIN_ARRAY, BEGIN_OBJECT -> {
        try (var json = reader.nextSource()) {
          yield json.readUtf8();
        }
      }
      default -> String.valueOf(Json.text(reader));
    };
  }
}
