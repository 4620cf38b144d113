package io.simtally.mason;

import com.squareup.moshi.JsonReader;
import java.io.IOException;

/** Gives the benchmarks access to the package-private decoder. */
public final class MasonAnswers {
  private MasonAnswers() {}

  /** Decodes a page as the client does, without the cursor. */
  public static AggregateUsagePage read(JsonReader reader) throws IOException {
    return new AggregateUsagePage(PageBody.read(reader, AggregateUsage::read).data());
  }
}
