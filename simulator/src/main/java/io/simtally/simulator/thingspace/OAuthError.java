package io.simtally.simulator.thingspace;

import io.simtally.simulator.ProviderError;
import io.simtally.simulator.internal.AnswerBody;

/** The errors of the token endpoint, as in RFC 6749, section 5.2. */
enum OAuthError {
  INVALID_REQUEST("invalid_request", 400),
  INVALID_CLIENT("invalid_client", 401),
  UNSUPPORTED_GRANT_TYPE("unsupported_grant_type", 400);

  private final String word;
  private final int status;

  OAuthError(String word, int status) {
    this.word = word;
    this.status = status;
  }

  ProviderError error(String description) {
    return new ProviderError(
        description, AnswerBody.json(status, "error", word, "error_description", description));
  }
}
