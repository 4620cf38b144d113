package io.simtally.simulator.thingspace;

import io.simtally.simulator.ProviderError;
import io.simtally.simulator.internal.AnswerBody;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/**
 * The errors of the API gateway in front of the service, in the gateway's own envelope. The codes
 * are from the page "Synchronous Error Messages" and, for throttling, from the gateway's vendor.
 */
enum GatewayError {
  INVALID_CREDENTIALS(
      401,
      "900901",
      "Invalid Credentials",
      "Access failure for API: %s, version: v1. Make sure you have given the correct access token"),
  MISSING_CREDENTIALS(
      401,
      "900902",
      "Missing Credentials",
      "Required OAuth credentials not provided. Make sure your API invocation call has a header: "
          + "\"Authorization: %s ACCESS_TOKEN\""),
  NO_MATCHING_RESOURCE(
      404,
      "900906",
      "No matching resource found in the API for the given request",
      "Access failure for API: %s, version: v1. Check the API documentation and add a proper REST "
          + "resource path to the invocation URL"),
  THROTTLED_OUT(429, "900800", "Message throttled out", "You have exceeded your quota");

  private final int status;
  private final String code;
  private final String message;
  private final String description;

  GatewayError(int status, String code, String message, String description) {
    this.status = status;
    this.code = code;
    this.message = message;
    this.description = description;
  }

  /**
   * Returns the answer with this error.
   *
   * @param detail the API or the scheme of the header, for the description
   */
  MockResponse answer(String detail) {
    return AnswerBody.json(
        status,
        writer -> {
          writer.beginObject().name("fault").beginObject();
          writer.name("code").value(code);
          writer.name("message").value(message);
          writer.name("description").value(description.replace("%s", detail));
          writer.endObject().endObject();
        });
  }

  ProviderError error(String detail) {
    return new ProviderError(code + " " + message, answer(detail));
  }

  /** Returns the API of a request in the form of the descriptions: {@code /m2m/v1}. */
  static String api(RecordedRequest request) {
    List<String> segments = request.getUrl().pathSegments();
    return segments.size() < 3 ? "/" : "/" + segments.get(1) + "/" + segments.get(2);
  }
}
