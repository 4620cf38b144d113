package io.simtally.simulator;

import io.simtally.simulator.internal.AnswerBody;
import java.time.Duration;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;

/**
 * A fault that changes only the HTTP answer.
 *
 * @param name the name of its factory, for messages
 */
record HttpFault(String name, Effect effect) implements Fault {
  /** No fault: the unchanged true answer. */
  static final HttpFault NONE = changing("none", UnaryOperator.identity());

  /** Makes the answer to send. */
  @FunctionalInterface
  interface Effect {
    /**
     * Returns the answer to send.
     *
     * @param trueAnswer carries the request out; not called if the request does not reach the
     *     provider
     * @param error the provider's own error with a status
     */
    MockResponse answer(Supplier<MockResponse> trueAnswer, IntFunction<MockResponse> error);
  }

  static HttpFault refused(
      String name, int status, UnaryOperator<MockResponse.Builder> addedHeaders) {
    return new HttpFault(
        name, (trueAnswer, error) -> addedHeaders.apply(error.apply(status).newBuilder()).build());
  }

  static HttpFault changing(String name, UnaryOperator<MockResponse> change) {
    return new HttpFault(name, (trueAnswer, error) -> change.apply(trueAnswer.get()));
  }

  static HttpFault html(int status) {
    String page =
        """
        <html>
        <head><title>%1$s</title></head>
        <body><center><h1>%1$s</h1></center></body>
        </html>
        """
            .formatted(Integer.toString(status));
    return new HttpFault(
        "htmlError",
        (trueAnswer, error) -> AnswerBody.response(status, "text/html; charset=utf-8", page));
  }

  static HttpFault disconnect() {
    return new HttpFault(
        "disconnect",
        (trueAnswer, error) ->
            new MockResponse.Builder()
                .onResponseStart(SocketEffect.ShutdownConnection.INSTANCE)
                .build());
  }

  static UnaryOperator<MockResponse.Builder> retryAfter(Duration wait) {
    checkNotNegative("retryAfter", wait);
    long seconds = wait.plusNanos(999_999_999).toSeconds();
    return answer -> answer.setHeader("Retry-After", seconds);
  }

  static void checkNotNegative(String what, Duration duration) {
    if (Objects.requireNonNull(duration, what).isNegative()) {
      throw new IllegalArgumentException(what + " must not be negative, was " + duration);
    }
  }

  @Override
  public String toString() {
    return "Fault." + name;
  }
}
