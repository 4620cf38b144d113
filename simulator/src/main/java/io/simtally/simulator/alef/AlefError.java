package io.simtally.simulator.alef;

import io.simtally.simulator.ProviderError;
import io.simtally.simulator.internal.AnswerBody;

/**
 * The errors of a simulated Alef. Alef documents "invalid request" for a wrong key; the status and
 * the envelope are the simulator's choice.
 */
enum AlefError {
  INVALID_KEY(401),
  INVALID_REQUEST(400),
  NOT_ACCEPTABLE(406),
  NOT_FOUND(404);

  private final int status;

  AlefError(int status) {
    this.status = status;
  }

  ProviderError error(String reason) {
    return new ProviderError(
        reason, AnswerBody.json(status, "message", "invalid request: " + reason));
  }
}
