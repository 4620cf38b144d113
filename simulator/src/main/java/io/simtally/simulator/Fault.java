package io.simtally.simulator;

import io.simtally.simulator.internal.AnswerBody;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;
import mockwebserver3.MockResponse;

/**
 * Something that goes wrong with one request, told to a simulator through a {@link FaultScript}.
 *
 * <p>Faults are immutable and say nothing of a provider: what the error of an expired token looks
 * like is the simulator's affair. A request that meets a fault before it reaches the provider (any
 * status fault, {@link #disconnect()}) changes nothing there; one whose answer is damaged on the
 * way has been carried out.
 */
public sealed interface Fault extends Step permits ExpiredCredential, HttpFault {
  /**
   * Refuses the request with status 429 and a {@code Retry-After} header.
   *
   * @param retryAfter how long the client is asked to wait; sent in seconds, rounded up
   * @return a fault with status 429
   * @throws IllegalArgumentException if it is negative
   */
  static Fault tooManyRequests(Duration retryAfter) {
    return HttpFault.refused("tooManyRequests", 429, HttpFault.retryAfter(retryAfter));
  }

  /**
   * Refuses the request with status 429 that does not tell how long to wait.
   *
   * @return a fault with status 429 and no {@code Retry-After} header
   */
  static Fault tooManyRequests() {
    return HttpFault.refused("tooManyRequests", 429, UnaryOperator.identity());
  }

  /**
   * Refuses the request with status 503.
   *
   * @return a fault with status 503 and no {@code Retry-After} header
   */
  static Fault serviceUnavailable() {
    return HttpFault.refused("serviceUnavailable", 503, UnaryOperator.identity());
  }

  /**
   * Refuses the request with status 503 and a {@code Retry-After} header.
   *
   * @param retryAfter how long the client is asked to wait; sent in seconds, rounded up
   * @return a fault with status 503
   * @throws IllegalArgumentException if it is negative
   */
  static Fault serviceUnavailable(Duration retryAfter) {
    return HttpFault.refused("serviceUnavailable", 503, HttpFault.retryAfter(retryAfter));
  }

  /**
   * Refuses the request with the given status.
   *
   * @param status 500 to 599
   * @return a fault with this status
   * @throws IllegalArgumentException if the status is another
   */
  static Fault serverError(int status) {
    if (status < 500 || status > 599) {
      throw new IllegalArgumentException("status must be 500 to 599, was " + status);
    }
    return HttpFault.refused("serverError", status, UnaryOperator.identity());
  }

  /**
   * Answers with the given status and an HTML page, as a proxy on the way does.
   *
   * @param status 200 to 599
   * @return a fault with this status and an HTML body
   * @throws IllegalArgumentException if the status is another
   */
  static Fault htmlError(int status) {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status must be 200 to 599, was " + status);
    }
    return HttpFault.html(status);
  }

  /**
   * Sends the first half of the true answer's body, then closes the connection.
   *
   * @return a fault that damages the answer on the way
   */
  static Fault cutOffBody() {
    return HttpFault.onTheWay("cutOffBody", AnswerBody::cutOff);
  }

  /**
   * Sends the true answer's body in small pieces over a time.
   *
   * @param duration how long the body takes, about
   * @return a fault that delays the answer on the way
   * @throws IllegalArgumentException if it is negative
   */
  static Fault slowBody(Duration duration) {
    HttpFault.checkNotNegative("duration", duration);
    return HttpFault.onTheWay("slowBody", answer -> AnswerBody.slowed(answer, duration));
  }

  /**
   * Sends the true answer's status and headers with a body of no bytes.
   *
   * @return a fault that damages the answer on the way
   */
  static Fault emptyBody() {
    return HttpFault.onTheWay("emptyBody", AnswerBody::emptied);
  }

  /**
   * Closes the connection without an answer.
   *
   * @return a fault that keeps the request from the provider
   */
  static Fault disconnect() {
    return HttpFault.disconnect();
  }

  /**
   * Lets the access token that the request carries expire just before the request.
   *
   * @return a fault for requests that carry an access token; scripts of others refuse it
   */
  static Fault expiredToken() {
    return ExpiredCredential.TOKEN;
  }

  /**
   * Lets the session that the request carries expire just before the request.
   *
   * @return a fault for requests that carry a session; scripts of others refuse it
   */
  static Fault expiredSession() {
    return ExpiredCredential.SESSION;
  }

  /**
   * Changes the true answer in a way of the caller's own.
   *
   * @param change given the true answer, returns what is sent
   * @return a fault that changes the answer on the way
   */
  static Fault changing(UnaryOperator<MockResponse> change) {
    Objects.requireNonNull(change, "change");
    return HttpFault.onTheWay("changing", change);
  }
}
