package io.simtally.core.internal;

import com.squareup.moshi.JsonReader;
import java.io.IOException;

/**
 * Reads a whole answer, of which the status says more than that it is one.
 *
 * @param <T> the model
 */
@FunctionalInterface
public interface AnswerDecoder<T> {
  /**
   * Reads the value that is the whole answer.
   *
   * @param reader stands before the value, and behind it afterwards
   * @param status the HTTP status, 200 to 299
   * @return the value as its model
   * @throws com.squareup.moshi.JsonDataException if it is not of the promised shape; the message
   *     gives the JSON path
   * @throws PagingStalledException if it is a page that leads nowhere
   * @throws IOException if it is no JSON, or ends too early
   */
  T decode(JsonReader reader, int status) throws IOException;
}
