package io.simtally.core.internal;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import okio.Buffer;
import okio.ByteString;

/** Writes a JSON value for a request. */
@FunctionalInterface
public interface JsonBody {
  /**
   * Writes the value.
   *
   * @param json the writer
   * @throws IOException if {@code json} throws it
   */
  void writeTo(JsonWriter json) throws IOException;

  /**
   * Returns the JSON of {@code body}.
   *
   * @param body the value
   * @return the JSON in UTF-8
   */
  static ByteString write(JsonBody body) {
    var bytes = new Buffer();
    try (var json = JsonWriter.of(bytes)) {
      body.writeTo(json);
    } catch (IOException e) {
      throw new AssertionError(e); // a buffer does no I/O
    }
    return bytes.readByteString();
  }
}
