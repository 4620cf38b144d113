package io.simtally.simulator.mason;

import io.simtally.simulator.ProviderError;
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
   * @throws ProviderError if it carries no key of the account or one without the scope
   */
  void require(RecordedRequest request) throws ProviderError {
    List<String> headers = request.getHeaders().values("Authorization");
    if (headers.equals(List.of(SCHEME + unscopedKey))) {
      throw MasonError.PERMISSION.error("The API key lacks the scope connect:read.");
    }
    if (!headers.equals(List.of(SCHEME + key))) {
      throw MasonError.AUTHENTICATION.error("No valid API key provided.");
    }
  }
}
