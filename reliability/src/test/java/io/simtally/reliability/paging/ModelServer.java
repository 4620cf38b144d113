package io.simtally.reliability.paging;

import java.util.Map;
import okhttp3.Headers;

/** What answers the requests of one case. Called by one thread at a time. */
interface ModelServer {
  /** Answers one request; what it breaks of the rules is kept for the case to find. */
  Reply answer(Ask ask);

  /**
   * A request.
   *
   * @param path with its escapes, below the base URL
   * @param query names and values, decoded
   */
  record Ask(String path, Map<String, String> query, Headers headers, String body) {}

  /** What happens to an answer on its way. */
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
   * An answer.
   *
   * @param isCutOff whether the connection ends before the body does
   * @param isDropped whether the connection ends before the answer begins
   */
  record Reply(int status, Headers headers, String body, boolean isCutOff, boolean isDropped) {
    static Reply of(int status, String body) {
      return new Reply(status, Headers.EMPTY, body, false, false);
    }

    /** What arrives in the place of {@code answer}. */
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
