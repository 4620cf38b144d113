package io.simtally.core.internal;

import com.squareup.moshi.JsonReader;
import java.io.IOException;

/**
 * Reads a whole answer, depending on its status.
 *
 * @param <T> the model
 */
@FunctionalInterface
public interface AnswerDecoder<T> {
  /**
   * Reads the answer.
   *
   * @param reader the reader, positioned at the value; afterwards behind it
   * @param status the HTTP status, 200 to 299
   * @return the model
   * @throws com.squareup.moshi.JsonDataException if the value has another shape; the message
   *     contains the JSON path
   * @throws PagingStalledException if the page promises more rows but names no new page
   * @throws IOException if the JSON is invalid or incomplete
   */
  T decode(JsonReader reader, int status) throws IOException;
}
