package io.simtally.iotx;

import com.squareup.moshi.JsonReader;
import io.simtally.core.internal.Json;
import java.io.IOException;

/** A number of bytes. */
final class Bytes {
  private Bytes() {}

  static Long read(JsonReader reader) throws IOException {
    return Json.count(reader, "a number of bytes");
  }
}
