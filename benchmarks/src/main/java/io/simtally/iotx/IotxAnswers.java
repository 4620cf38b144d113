package io.simtally.iotx;

import com.squareup.moshi.JsonReader;
import io.simtally.core.internal.Decoder;
import java.io.IOException;

/** Lets benchmarks at the decoder, which users have no use for. */
public final class IotxAnswers {
  private static final Decoder<DataUsageBySubscriber> BY_SUBSCRIBER =
      Content.ofTotalled(DataUsageBySubscriber::read, PartMerger::dataUsageBySubscriber);

  private IotxAnswers() {}

  /** Reads an answer as the client does. */
  public static DataUsageBySubscriber read(JsonReader reader) throws IOException {
    return BY_SUBSCRIBER.decode(reader);
  }
}
