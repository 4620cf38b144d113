package io.simtally.core.internal;

import com.squareup.moshi.JsonReader;
import java.io.IOException;

/** Reads one JSON value of a provider into its model, without reflection. */
@FunctionalInterface
public interface Decoder<T> {
  /**
   * Reads the value the reader stands at.
   *
   * @throws com.squareup.moshi.JsonDataException if it is not of the promised shape; the message
   *     gives the JSON path
   * @throws PagingStalled if it is a page that leads nowhere
   */
  T decode(JsonReader reader) throws IOException;
}
