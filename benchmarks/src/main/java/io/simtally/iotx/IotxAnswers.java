package io.simtally.iotx;

import com.squareup.moshi.JsonReader;
import io.simtally.core.internal.Decoder;
import java.io.IOException;

/** Gives the benchmarks access to the package-private decoder. */
public final class IotxAnswers {
  private static final Decoder<DataUsageBySubscriber> BY_SUBSCRIBER =
      Content.of(DataUsageBySubscriber::read, PartMerger::dataUsageBySubscriber);

  private IotxAnswers() {}

  /** Decodes a response as the client does. */
  public static DataUsageBySubscriber read(JsonReader reader) throws IOException {
    return BY_SUBSCRIBER.decode(reader);
  }
}
