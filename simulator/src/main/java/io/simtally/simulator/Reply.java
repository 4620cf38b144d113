package io.simtally.simulator;

import io.simtally.simulator.internal.AnswerBody;
import io.simtally.simulator.internal.JsonText;
import io.simtally.simulator.internal.Preconditions;
import java.util.Objects;
import mockwebserver3.MockResponse;
import okio.ByteString;

/**
 * An answer of the caller's own, in place of the one that the simulated fleet would give.
 *
 * <p>It is given to the next request with good credentials, whatever else that asks for: one
 * without is refused as always, and the reply waits. Immutable.
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
   * @param body sent as it is, without a check that it is JSON
   */
  public static Reply json(String body) {
    return json(200, body);
  }

  /**
   * {@return any status with this JSON}
   *
   * @param status 200 to 599
   * @param body sent as it is, without a check that it is JSON
   * @throws IllegalArgumentException if the status is another
   */
  public static Reply json(int status, String body) {
    return new Reply(
        Preconditions.within("status", status, 200, 599), Objects.requireNonNull(body, "body"));
  }

  MockResponse answer() {
    return AnswerBody.response(
        status, JsonText.CONTENT_TYPE, ByteString.encodeUtf8(body), AnswerBody.Delivery.UNCOUNTED);
  }

  /** Shows no body. */
  @Override
  public String toString() {
    return "Reply.json(" + status + ")";
  }
}
