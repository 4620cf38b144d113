package io.simtally.core.internal;

import com.squareup.moshi.JsonReader;
import java.io.IOException;

/**
 * Reads one JSON value of a provider into its model, without reflection.
 *
 * @param <T> the model
 */
@FunctionalInterface
public interface Decoder<T> {
  /**
   * Reads the value the reader stands at.
   *
   * @param reader stands before the value, and behind it afterwards
   * @return the value as its model
   * @throws com.squareup.moshi.JsonDataException if it is not of the promised shape; the message
   *     gives the JSON path
   * @throws PagingStalledException if it is a page that leads nowhere
   * @throws IOException if it is no JSON, or ends too early
   */
  T decode(JsonReader reader) throws IOException;
}
