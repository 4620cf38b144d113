package io.simtally.simulator.thingspace;

import io.simtally.simulator.internal.RefusedRequest;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;

/** The {@code Authorization} header. */
final class Authorization {
  private Authorization() {}

  /**
   * What follows the scheme.
   *
   * @throws RefusedRequest if the header is absent or of another scheme
   */
  static String credential(RecordedRequest request, String scheme) throws RefusedRequest {
    @Nullable String header = request.getHeaders().get("Authorization");
    int prefix = scheme.length() + 1;
    if (header == null
        || header.length() <= prefix
        || !header.regionMatches(true, 0, scheme + " ", 0, prefix)) {
      throw GatewayError.MISSING_CREDENTIALS.refusal(scheme);
    }
    return header.substring(prefix);
  }
}
