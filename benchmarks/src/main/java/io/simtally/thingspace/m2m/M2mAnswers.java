package io.simtally.thingspace.m2m;

import com.squareup.moshi.JsonReader;
import java.io.IOException;

/** Lets benchmarks at the decoder, which users have no use for. */
public final class M2mAnswers {
  private M2mAnswers() {}

  /** Reads a page as the client does. */
  public static UsageHistory read(JsonReader reader) throws IOException {
    return UsageHistory.read(reader, 200);
  }
}
