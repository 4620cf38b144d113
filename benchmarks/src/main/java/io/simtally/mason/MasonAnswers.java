package io.simtally.mason;

import com.squareup.moshi.JsonReader;
import java.io.IOException;

/** Lets benchmarks at the decoder, which users have no use for. */
public final class MasonAnswers {
  private MasonAnswers() {}

  /** Reads a page as the client does, but for the cursor. */
  public static AggregateUsagePage read(JsonReader reader) throws IOException {
    return new AggregateUsagePage(PageBody.read(reader, AggregateUsage::read).data());
  }
}
