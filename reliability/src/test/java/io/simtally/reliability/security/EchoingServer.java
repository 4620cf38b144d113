package io.simtally.reliability.security;

import io.simtally.reliability.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;

/**
 * A simulated provider with one endpoint that repeats all credentials; the other endpoints respond
 * normally.
 */
final class EchoingServer extends Dispatcher {
  /** The endpoint that repeats the credentials. */
  enum Endpoint {
    TOKEN,
    LOGIN,
    CALL
  }

  /** The form of the repeated credentials. */
  enum Shape {
    ERROR_JSON,
    NESTED_ERROR_JSON,
    TEXT,
    LONG_TEXT,
    CUT_OFF,
    STATUS_LINE,
    BROKEN_STATUS_LINE,
    WRONG_TYPE,
    MISNAMED_TOKEN,
    GOOD_ANSWER
  }

  private static final int KEPT = 16 * 1024;

  private final Provider provider;
  private final Endpoint endpoint;
  private final Shape shape;
  private final int status;
  private final Spelling spelling;
  private final List<String> targets = new CopyOnWriteArrayList<>();

  EchoingServer(Provider provider, Endpoint endpoint, Shape shape, int status, Spelling spelling) {
    this.provider = provider;
    this.endpoint = endpoint;
    this.shape = shape;
    this.status = status;
    this.spelling = spelling;
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    targets.add(String.valueOf(request.getTarget()));
    var asked = asked(request);
    return asked == endpoint ? echo() : new MockResponse.Builder().body(good(asked)).build();
  }

  /** Returns the endpoint of a request. */
  static Endpoint asked(RecordedRequest request) {
    var target = String.valueOf(request.getTarget());
    return target.endsWith("/oauth2/token")
        ? Endpoint.TOKEN
        : target.endsWith("/session/login") ? Endpoint.LOGIN : Endpoint.CALL;
  }

  private String good(Endpoint asked) {
    return switch (asked) {
      case TOKEN ->
          "{\"access_token\":\"" + Spelling.JSON.of(provider.bearer()) + "\",\"expires_in\":3600}";
      case LOGIN -> "{\"sessionToken\":\"" + Spelling.JSON.of(provider.session()) + "\"}";
      case CALL -> provider.goodAnswer();
    };
  }

  private MockResponse echo() {
    var echo = known().stream().map(spelling::of).collect(Collectors.joining("|"));
    var headers =
        new Headers.Builder()
            .add("Content-Length", "0")
            .addUnsafeNonAscii("X-Echo", echo)
            .addUnsafeNonAscii("X-Request-Id", "a" + echo + "b");
    var answer = new MockResponse.Builder().code(status).headers(headers.build());
    switch (shape) {
      case ERROR_JSON ->
          answer.body("{\"errorCode\":\"" + echo + "\",\"errorMessage\":\"m " + echo + "\"}");
      case NESTED_ERROR_JSON ->
          answer.body(
              "{\"fault\":{\"code\":\"" + echo + "\",\"message\":\"" + echo + "\"},\"x\":1}");
      case TEXT -> answer.body("<html>" + echo + "</html>");
      case LONG_TEXT -> {
        // With this padding, the truncation of the kept body cuts a credential.
        var padding = KEPT - spelling.of(provider.secrets().get(0)).length() / 2;
        answer.body("x".repeat(padding) + echo);
      }
      case CUT_OFF -> {
        answer.body("x" + echo);
        answer.onResponseBody(new SocketEffect.CloseSocket());
      }
      case STATUS_LINE -> answer.status("HTTP/1.1 " + status + " " + echo);
      case BROKEN_STATUS_LINE -> answer.status("HTTP/9 " + echo);
      case WRONG_TYPE -> answer.body("[{\"" + echo + "\":\"" + echo + "\"}]");
      case MISNAMED_TOKEN ->
          answer.body(
              status == 200 && endpoint == Endpoint.TOKEN
                  ? "{\"token\":\"" + Spelling.JSON.of(provider.bearer()) + "\"}"
                  : echo);
      case GOOD_ANSWER -> answer.body(status == 200 ? good(endpoint) : echo);
    }
    return answer.build();
  }

  /** Returns the credentials that the endpoint has received or issued. */
  private List<String> known() {
    if (endpoint == Endpoint.CALL) {
      return provider.everySecret();
    }
    var known = new ArrayList<>(provider.given());
    if (endpoint == Endpoint.LOGIN) {
      known.add(provider.bearer());
    }
    return known;
  }

  List<String> targets() {
    return targets;
  }
}
