package io.simtally.fleet.contract;

import io.simtally.fleet.source.Carrier;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The service of a provider as the check sees it. */
public interface CheckService {
  /** Returns the carrier that reads the service. */
  Carrier carrier();

  /** Returns what the provider documents about the answers. */
  Contract contract();

  /** Returns the variable that replaces the base URL. */
  String baseUrlVariable();

  /** Returns the provider's own base URL. */
  String defaultBaseUrl();

  /** Returns the permission that a credential needs, in words. */
  String right();

  /**
   * Builds a client and closes it, which validates the variables.
   *
   * @throws IllegalArgumentException if the value of a variable is invalid
   * @throws IllegalStateException if credentials are missing or the base URL is not encrypted
   */
  void validate(Map<String, String> environment);

  /** Returns the calls to send, in order. */
  List<Probe> probes(CheckScope scope);

  /** Returns the login that the calls need, or null if each call carries the credential. */
  default @Nullable CheckLogin login(CheckScope scope) {
    return null;
  }

  /** Returns the provider's name in usage records. */
  default String provider() {
    return carrier().provider();
  }

  /** Returns the base URL that the environment selects. */
  default String baseUrl(CheckScope scope) {
    var url = scope.variable(baseUrlVariable());
    return url.isBlank() ? defaultBaseUrl() : url;
  }
}
