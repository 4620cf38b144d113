package io.simtally.simulator.mason;

import io.simtally.simulator.ProviderError;
import io.simtally.simulator.internal.AnswerBody;
import mockwebserver3.MockResponse;

/**
 * The errors of a simulated Mason, in the envelope of the page "API": a type and a message with
 * each status other than 200. The page has only the type {@code authentication_error}; the others
 * are the simulator's choice.
 */
enum MasonError {
  INVALID_REQUEST(400, "invalid_request_error"),
  AUTHENTICATION(401, "authentication_error"),
  PERMISSION(403, "permission_error"),
  NOT_FOUND(404, "not_found_error");

  private final int status;
  private final String type;

  MasonError(int status, String type) {
    this.status = status;
    this.type = type;
  }

  ProviderError error(String message) {
    return new ProviderError(message, answer(message));
  }

  MockResponse answer(String message) {
    return answer(status, type, message);
  }

  /** Returns an error with a scripted status. */
  static MockResponse scripted(int status) {
    return status == 429
        ? answer(status, "rate_limit_error", "Too many requests.")
        : answer(status, "api_error", "Error " + status + ".");
  }

  private static MockResponse answer(int status, String type, String message) {
    return AnswerBody.json(status, "type", type, "message", message);
  }
}
