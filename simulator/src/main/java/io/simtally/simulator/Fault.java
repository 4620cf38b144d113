package io.simtally.simulator;

import io.simtally.simulator.internal.AnswerBody;
import io.simtally.simulator.internal.Preconditions;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;
import mockwebserver3.MockResponse;

/**
 * A failure of one request, set by a {@link FaultScript}.
 *
 * <p>Faults are immutable and independent of the provider: each simulator answers an expired token
 * with the error of its provider. A request with a status fault or {@link #disconnect()} does not
 * reach the provider and changes nothing there; a request whose answer is damaged is carried out.
 *
 * <p>The factories refuse a status out of the documented range or a negative duration with an
 * {@link IllegalArgumentException}.
 */
public sealed interface Fault extends Step permits ExpiredCredential, HttpFault {
  /**
   * {@return a refusal with status 429 and a {@code Retry-After} header}
   *
   * @param retryAfter the delay before a retry; sent in seconds, rounded up
   */
  static Fault tooManyRequests(Duration retryAfter) {
    return HttpFault.refused("tooManyRequests", 429, HttpFault.retryAfter(retryAfter));
  }

  /** {@return a refusal with status 429 and no {@code Retry-After} header} */
  static Fault tooManyRequests() {
    return HttpFault.refused("tooManyRequests", 429, UnaryOperator.identity());
  }

  /** {@return a refusal with status 503 and no {@code Retry-After} header} */
  static Fault serviceUnavailable() {
    return HttpFault.refused("serviceUnavailable", 503, UnaryOperator.identity());
  }

  /**
   * {@return a refusal with status 503 and a {@code Retry-After} header}
   *
   * @param retryAfter the delay before a retry; sent in seconds, rounded up
   */
  static Fault serviceUnavailable(Duration retryAfter) {
    return HttpFault.refused("serviceUnavailable", 503, HttpFault.retryAfter(retryAfter));
  }

  /**
   * {@return a refusal with the given status}
   *
   * @param status 500 to 599
   */
  static Fault serverError(int status) {
    return HttpFault.refused(
        "serverError", Preconditions.within("status", status, 500, 599), UnaryOperator.identity());
  }

  /**
   * {@return an answer with the given status and an HTML page, like that of a proxy}
   *
   * @param status 200 to 599
   */
  static Fault htmlError(int status) {
    return HttpFault.html(Preconditions.within("status", status, 200, 599));
  }

  /** {@return a fault that sends half of the true answer's body, then closes the connection} */
  static Fault cutOffBody() {
    return HttpFault.changing("cutOffBody", AnswerBody::cutOff);
  }

  /**
   * {@return a fault that sends the true answer's body in small pieces}
   *
   * @param duration the approximate time until the body is complete
   */
  static Fault slowBody(Duration duration) {
    HttpFault.checkNotNegative("duration", duration);
    return HttpFault.changing("slowBody", answer -> AnswerBody.slowed(answer, duration));
  }

  /** {@return a fault that sends the true answer's status and headers with an empty body} */
  static Fault emptyBody() {
    return HttpFault.changing("emptyBody", AnswerBody::emptied);
  }

  /** {@return a fault that closes the connection without an answer} */
  static Fault disconnect() {
    return HttpFault.disconnect();
  }

  /**
   * {@return a fault that expires the access token of the request before it is handled} Only the
   * scripts of requests with an access token accept it.
   */
  static Fault expiredToken() {
    return ExpiredCredential.TOKEN;
  }

  /**
   * {@return a fault that expires the session of the request before it is handled} Only the scripts
   * of requests with a session accept it.
   */
  static Fault expiredSession() {
    return ExpiredCredential.SESSION;
  }

  /**
   * {@return a fault that changes the true answer}
   *
   * @param change receives the true answer and returns the one to send
   */
  static Fault changing(UnaryOperator<MockResponse> change) {
    return HttpFault.changing("changing", Objects.requireNonNull(change, "change"));
  }
}
