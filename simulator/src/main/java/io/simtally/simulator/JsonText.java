package io.simtally.simulator;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import okio.Buffer;
import okio.ByteString;

/** JSON written piece by piece into memory. */
final class JsonText {
  static final String CONTENT_TYPE = "application/json";

  private JsonText() {}

  /** Writes one value. */
  @FunctionalInterface
  interface Content {
    void writeTo(JsonWriter writer) throws IOException;
  }

  static ByteString of(Content content) {
    Buffer buffer = new Buffer();
    try {
      content.writeTo(JsonWriter.of(buffer));
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
    return buffer.readByteString();
  }
}
