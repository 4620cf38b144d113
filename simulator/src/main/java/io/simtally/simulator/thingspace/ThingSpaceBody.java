package io.simtally.simulator.thingspace;

import io.simtally.simulator.ProviderError;
import io.simtally.simulator.RequestObject;
import mockwebserver3.RecordedRequest;
import okio.ByteString;

/** What all requests of ThingSpace's services have in common: a JSON object and no query. */
final class ThingSpaceBody {
  private ThingSpaceBody() {}

  static RequestObject read(RecordedRequest request) throws ProviderError {
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
}
