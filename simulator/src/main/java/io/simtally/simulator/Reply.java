package io.simtally.simulator;

import io.simtally.simulator.internal.AnswerBody;
import io.simtally.simulator.internal.JsonText;
import io.simtally.simulator.internal.Preconditions;
import java.util.Objects;
import mockwebserver3.MockResponse;

/**
 * An answer that a test defines, in place of the simulated one.
 *
 * <p>The next request with valid credentials receives it, with any parameters; a request without
 * valid credentials is refused, and the reply waits. Immutable.
 */
public final class Reply implements Step {
  private final int status;
  private final String body;

  private Reply(int status, String body) {
    this.status = status;
    this.body = body;
  }

  /**
   * {@return status 200 with this JSON}
   *
   * @param body sent unchanged, without a check that it is JSON
   */
  public static Reply json(String body) {
    return json(200, body);
  }

  /**
   * {@return a status with this JSON}
   *
   * @param status 200 to 599
   * @param body sent unchanged, without a check that it is JSON
   * @throws IllegalArgumentException if the status is out of this range
   */
  public static Reply json(int status, String body) {
    return new Reply(
        Preconditions.within("status", status, 200, 599), Objects.requireNonNull(body, "body"));
  }

  MockResponse answer() {
    return AnswerBody.response(status, JsonText.CONTENT_TYPE, body);
  }

  /** Returns the factory and the status, without the body. */
  @Override
  public String toString() {
    return "Reply.json(" + status + ")";
  }
}
