package io.simtally.examples.fleet;

import io.simtally.core.ClientBuilder;
import io.simtally.core.auth.ThingSpaceCredentials;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ThingSpace user of the environment, who logs in once for all carriers. */
final class ThingSpaceLogin {

  static final List<List<String>> VARIABLES =
      List.of(
          List.of(
              "THINGSPACE_KEY", "THINGSPACE_SECRET", "THINGSPACE_USERNAME", "THINGSPACE_PASSWORD"),
          List.of("THINGSPACE_TOKEN", "THINGSPACE_M2M_TOKEN"));

  private static final String BASE_URL = "THINGSPACE_BASE_URL";

  private final Map<String, String> environment;
  private @Nullable ThingSpaceCredentials credentials;

  ThingSpaceLogin(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * The credentials, the same object each time.
   *
   * @throws IllegalStateException if variables are missing; the message names them
   */
  ThingSpaceCredentials credentials() {
    if (credentials == null) {
      credentials = ThingSpaceCredentials.fromEnv(environment);
    }
    return credentials;
  }

  /** Lets a client speak to the server of the environment, if it names one. */
  <B extends ClientBuilder<B>> B server(B client) {
    String url = environment.getOrDefault(BASE_URL, "");
    return url.isBlank() ? client : client.baseUrl(url);
  }
}
