package io.simtally.reliability.paging;

import java.util.Map;
import okhttp3.Headers;

/** The server of one test case. Only one thread calls it at a time. */
interface ModelServer {
  /** Answers a request and records its violations of the protocol for the test case. */
  Reply answer(Ask ask);

  /**
   * A request.
   *
   * @param path the path below the base URL, percent-encoded
   * @param query the decoded names and values
   */
  record Ask(String path, Map<String, String> query, Headers headers, String body) {}

  /** A fault of a response. */
  enum Fault {
    NONE,
    UNAVAILABLE,
    TOO_MANY_REQUESTS,
    CUT_OFF_BODY,
    CLOSED_CONNECTION,
    EXPIRED_SESSION,
    EXPIRED_BEARER
  }

  /**
   * A response.
   *
   * @param isCutOff whether the connection ends before the end of the body
   * @param isDropped whether the connection ends before the response
   */
  record Reply(int status, Headers headers, String body, boolean isCutOff, boolean isDropped) {
    static Reply of(int status, String body) {
      return new Reply(status, Headers.EMPTY, body, false, false);
    }

    /** Returns the response that replaces {@code answer}. */
    static Reply instead(Fault fault, Reply answer) {
      return switch (fault) {
        case NONE -> answer;
        case UNAVAILABLE -> of(503, "{}");
        case TOO_MANY_REQUESTS ->
            new Reply(429, Headers.of("Retry-After", "0"), "{}", false, false);
        case CUT_OFF_BODY -> new Reply(answer.status, answer.headers, answer.body, true, false);
        case CLOSED_CONNECTION -> new Reply(answer.status, answer.headers, "", false, true);
        case EXPIRED_SESSION ->
            of(
                400,
                """
                {"errorCode": "UnifiedWebService.REQUEST_FAILED.SessionToken.Expired",
                 "errorMessage": "SessionToken expired"}""");
        case EXPIRED_BEARER ->
            of(
                401,
                """
                {"fault": {"code": "900901", "message": "Invalid Credentials",
                 "description": "Access failure"}}""");
      };
    }
  }
}
