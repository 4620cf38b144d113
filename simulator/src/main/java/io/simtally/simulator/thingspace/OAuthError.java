package io.simtally.simulator.thingspace;

import io.simtally.simulator.ProviderError;
import io.simtally.simulator.internal.AnswerBody;
import io.simtally.simulator.internal.JsonText;
import okio.ByteString;

/** What the token endpoint refuses, in the words of RFC 6749, section 5.2. */
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
    ByteString json =
        JsonText.of(
            writer -> {
              writer.beginObject().name("error").value(word);
              writer.name("error_description").value(description).endObject();
            });
    return new ProviderError(
        description,
        AnswerBody.response(status, JsonText.CONTENT_TYPE, json, AnswerBody.Delivery.UNCOUNTED));
  }
}
