package io.simtally.simulator.iotx;

import io.simtally.simulator.ProviderError;
import io.simtally.simulator.internal.AnswerBody;
import mockwebserver3.MockResponse;

/**
 * What IoT-X refuses, in the envelope that its specification has for 400 and 404. The specification
 * lists no codes, and nothing on other statuses: the codes are made up, and the envelope is used
 * for all.
 */
enum IotxError {
  INVALID_REQUEST(400),
  UNAUTHORIZED(401),
  NOT_FOUND(404);

  private final int status;

  IotxError(int status) {
    this.status = status;
  }

  ProviderError error(String message) {
    return new ProviderError(message, answer(message));
  }

  MockResponse answer(String message) {
    return answer(status, name(), message);
  }

  /** An error with a status that no request brings about. */
  static MockResponse scripted(int status) {
    return status == 429
        ? answer(status, "TOO_MANY_REQUESTS", "Too many requests.")
        : answer(status, "SERVER_ERROR", "Error " + status + ".");
  }

  private static MockResponse answer(int status, String code, String message) {
    return AnswerBody.json(
        status,
        writer -> {
          writer.beginObject().name("error").beginObject();
          writer.name("message").value(message);
          writer.name("code").value(code);
          writer.endObject().endObject();
        });
  }
}
