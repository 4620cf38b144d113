package io.simtally.simulator.internal;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import okio.Buffer;
import okio.ByteString;

/** Writes JSON into memory. */
public final class JsonText {
  public static final String CONTENT_TYPE = "application/json";

  private JsonText() {}

  /** Writes one value. */
  @FunctionalInterface
  public interface Content {
    void writeTo(JsonWriter writer) throws IOException;
  }

  public static ByteString of(Content content) {
    Buffer buffer = new Buffer();
    try {
      content.writeTo(JsonWriter.of(buffer));
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return buffer.readByteString();
  }
}
