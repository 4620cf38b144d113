package io.simtally.core.internal;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import okio.Buffer;
import okio.ByteString;

/** Writes a JSON value for a request. */
@FunctionalInterface
public interface JsonBody {
  void writeTo(JsonWriter json) throws IOException;

  /** The bytes of {@code body}. */
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
