package io.simtally.simulator.thingspace;

import io.simtally.simulator.ProviderError;
import io.simtally.simulator.RequestObject;
import mockwebserver3.RecordedRequest;
import okio.ByteString;

/** The common parts of requests to ThingSpace's services. */
final class ThingSpaceRequest {
  private ThingSpaceRequest() {}

  /** Returns the JSON object of a request, which has no query parameters. */
  static RequestObject body(RecordedRequest request) throws ProviderError {
    if (request.getUrl().query() != null) {
      throw M2mError.UNEXPECTED.error("The request takes no query parameters.");
    }
    ByteString body = request.getBody();
    if (body == null || body.size() == 0) {
      throw M2mError.REQUEST_UNDEFINED.error(
          "Request cannot be blank. Please provide request details.");
    }
    return RequestObject.read(request, M2mError.DESERIALIZATION_FAILED::error);
  }

  /** Returns the credential of an {@code Authorization} header with this scheme. */
  static String credential(RecordedRequest request, String scheme) throws ProviderError {
    String header = request.getHeaders().get("Authorization");
    int prefix = scheme.length() + 1;
    if (header == null
        || header.length() <= prefix
        || !header.regionMatches(true, 0, scheme + " ", 0, prefix)) {
      throw GatewayError.MISSING_CREDENTIALS.error(scheme);
    }
    return header.substring(prefix);
  }
}
