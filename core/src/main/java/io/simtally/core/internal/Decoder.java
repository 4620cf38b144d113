package io.simtally.core.internal;

import com.squareup.moshi.JsonReader;
import java.io.IOException;

/**
 * Reads one JSON value into its model, without reflection.
 *
 * @param <T> the model
 */
@FunctionalInterface
public interface Decoder<T> {
  /**
   * Reads the next value.
   *
   * @param reader the reader, positioned at the value; afterwards behind it
   * @return the model
   * @throws com.squareup.moshi.JsonDataException if the value has another shape; the message
   *     contains the JSON path
   * @throws PagingStalledException if the page promises more rows but names no new page
   * @throws IOException if the JSON is invalid or incomplete
   */
  T decode(JsonReader reader) throws IOException;
}
