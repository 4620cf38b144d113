package io.simtally.iotx;

import com.squareup.moshi.JsonReader;
import io.simtally.core.internal.Json;
import io.simtally.core.internal.Timestamps;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A text without a count: any value is kept, and none makes the answer unreadable. */
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

  /** Returns the time in the text, or none. */
  static Optional<OffsetDateTime> time(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Timestamps.parse(text));
    } catch (DateTimeException damaged) {
      return Optional.empty(); // the model keeps the text
    }
  }
}
