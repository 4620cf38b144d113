package io.simtally.simulator.mason;

import io.simtally.simulator.internal.RefusedRequest;
import java.util.List;
import mockwebserver3.RecordedRequest;

/**
 * The API keys of a simulated account.
 *
 * @param key has the scope {@code connect:read}
 * @param unscopedKey has not
 */
record MasonKeys(String key, String unscopedKey) {
  /** Mason's scheme, in lower case as on all its pages; the key follows as it is. */
  private static final String SCHEME = "basic ";

  /**
   * Lets a request pass.
   *
   * @throws RefusedRequest if it carries no key of the account or one without the scope
   */
  void require(RecordedRequest request) throws RefusedRequest {
    List<String> headers = request.getHeaders().values("Authorization");
    if (headers.equals(List.of(SCHEME + unscopedKey))) {
      throw MasonError.PERMISSION.refusal("The API key lacks the scope connect:read.");
    }
    if (!headers.equals(List.of(SCHEME + key))) {
      throw MasonError.AUTHENTICATION.refusal("No valid API key provided.");
    }
  }
}
