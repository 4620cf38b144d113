package io.simtally.simulator.iotx;

import io.simtally.simulator.ProviderError;
import io.simtally.simulator.internal.AnswerBody;
import mockwebserver3.MockResponse;

/**
 * The errors of a simulated IoT-X, in the specified envelope of 400 and 404. The specification has
 * no codes and no other statuses: the codes are the simulator's choice, and all statuses have the
 * envelope.
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

  /** Returns an error with a scripted status. */
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
