package io.simtally.mason;

import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonReader.Token;
import io.simtally.core.internal.Decoder;
import io.simtally.core.internal.ErrorMembers;
import io.simtally.core.internal.Json;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON object around the rows of each answer.
 *
 * @param data the rows
 * @param next Mason's name of the next page, or null if this is the last page
 * @param previous Mason's name of the previous page, or null if this is the first page
 */
record PageBody<T>(List<T> data, @Nullable String next, @Nullable String previous) {
  private static final JsonReader.Options NAMES =
      JsonReader.Options.of("data", "nextPage", "next", "prevPage", "prev");

  static <T> PageBody<T> read(JsonReader reader, Decoder<T> row) throws IOException {
    List<T> data = null;
    String next = null;
    String previous = null;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(NAMES)) {
        case 0 -> data = Json.once(reader, data, rows(reader, row));
        // The page says nextPage and prevPage; other calls of Mason answer next and prev.
        case 1, 2 -> next = Json.once(reader, next, cursor(reader));
        case 3, 4 -> previous = Json.once(reader, previous, cursor(reader));
        default -> ErrorMembers.skip(reader);
      }
    }
    var page = new PageBody<>(Json.required(reader, "data", data), next, previous);
    reader.endObject();
    return page;
  }

  /** Refuses null: an answer without its rows would look like one without usage. */
  private static <T> List<T> rows(JsonReader reader, Decoder<T> row) throws IOException {
    if (reader.peek() != Token.BEGIN_ARRAY) {
      throw Json.unexpected(reader, "a list of usages", reader.peek());
    }
    return Json.list(reader, row);
  }

  private static @Nullable String cursor(JsonReader reader) throws IOException {
    if (reader.peek() == Token.BOOLEAN) {
      throw Json.unexpected(reader, "a cursor", reader.peek());
    }
    var text = Json.text(reader);
    return text == null || text.isEmpty() ? null : text;
  }
}
