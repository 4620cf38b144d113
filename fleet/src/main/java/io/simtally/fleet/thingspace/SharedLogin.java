package io.simtally.fleet.thingspace;

import io.simtally.core.ThingSpaceClientBuilder;
import io.simtally.core.auth.ThingSpaceCredentials;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ThingSpace user of an environment, who logs in once for both carriers. Thread-safe. */
public final class SharedLogin {
  /** The account of both carriers. */
  static final String ACCOUNT = "thingspace";

  static final List<List<String>> VARIABLES =
      List.of(
          List.of(
              "THINGSPACE_KEY", "THINGSPACE_SECRET", "THINGSPACE_USERNAME", "THINGSPACE_PASSWORD"),
          List.of("THINGSPACE_TOKEN", "THINGSPACE_M2M_TOKEN"));

  private final Map<String, String> environment;
  private @Nullable ThingSpaceCredentials credentials;

  /**
   * Creates the user, who is not logged in yet.
   *
   * @param environment the variables of the clients
   */
  public SharedLogin(Map<String, String> environment) {
    this.environment = environment;
  }

  Map<String, String> environment() {
    return environment;
  }

  /** Sets the server of the environment and the shared credentials on the builder of a client. */
  synchronized <B extends ThingSpaceClientBuilder<B>> B on(B builder) {
    var own = builder.environment(environment);
    if (credentials == null) {
      credentials = ThingSpaceCredentials.fromEnv(environment);
    }
    return own.credentials(credentials);
  }
}
