package io.simtally.iotx;

import com.squareup.moshi.JsonReader;
import io.simtally.core.internal.Json;
import java.io.IOException;

/** A number of bytes. */
final class ByteCount {
  private ByteCount() {}

  static Long read(JsonReader reader) throws IOException {
    return Json.count(reader, "a number of bytes");
  }
}
