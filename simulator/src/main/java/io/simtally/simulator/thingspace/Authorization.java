package io.simtally.simulator.thingspace;

import io.simtally.simulator.ProviderError;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;

/** The {@code Authorization} header. */
final class Authorization {
  private Authorization() {}

  /**
   * What follows the scheme.
   *
   * @throws ProviderError if the header is absent or of another scheme
   */
  static String credential(RecordedRequest request, String scheme) throws ProviderError {
    @Nullable String header = request.getHeaders().get("Authorization");
    int prefix = scheme.length() + 1;
    if (header == null
        || header.length() <= prefix
        || !header.regionMatches(true, 0, scheme + " ", 0, prefix)) {
      throw GatewayError.MISSING_CREDENTIALS.error(scheme);
    }
    return header.substring(prefix);
  }
}
