package io.simtally.thingspace.m2m;

import com.squareup.moshi.JsonReader;
import java.io.IOException;

/** Gives the benchmarks access to the package-private decoder. */
public final class M2mAnswers {
  private M2mAnswers() {}

  /** Decodes a page as the client does. */
  public static UsageHistory read(JsonReader reader) throws IOException {
    return UsageHistory.read(reader, 200);
  }
}
