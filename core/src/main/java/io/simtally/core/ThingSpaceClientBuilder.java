package io.simtally.core;

import io.simtally.core.auth.ThingSpaceAuth;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.core.internal.CallHandle;
import io.simtally.core.internal.Preconditions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings that the builders of the ThingSpace clients share. Not thread-safe.
 *
 * @param <B> the builder's own type, which its setters return
 */
public abstract class ThingSpaceClientBuilder<B extends ThingSpaceClientBuilder<B>>
    extends ClientBuilder<B> {
  private @Nullable ThingSpaceCredentials credentials;

  /**
   * For the provider modules.
   *
   * @param provider the name that errors, logs and events give the system
   */
  protected ThingSpaceClientBuilder(String provider) {
    super(provider, "https://thingspace.verizon.com/api");
  }

  /**
   * For the provider modules: the settings of another builder, and the connections of its client.
   *
   * @param settings what is copied
   * @param client whose connections are shared
   */
  protected ThingSpaceClientBuilder(ThingSpaceClientBuilder<B> settings, CallHandle client) {
    super(settings, client);
    this.credentials = settings.credentials;
  }

  /**
   * Whose usage may be read. Give the same object to all ThingSpace clients of a program: they then
   * share one login.
   *
   * @param thingSpaceCredentials a login or fixed tokens
   * @return this builder
   * @throws IllegalArgumentException if it is null
   */
  public final B credentials(ThingSpaceCredentials thingSpaceCredentials) {
    credentials = Preconditions.present("credentials", thingSpaceCredentials);
    return self();
  }

  @Override
  public final B environment(Map<String, String> environment) {
    var url = variable(environment, "THINGSPACE_BASE_URL");
    if (url != null) {
      baseUrl(url);
    }
    return credentials(ThingSpaceCredentials.fromEnv(environment));
  }

  /**
   * Builds what the client sends its calls through.
   *
   * @param client the name of the client, for the message
   * @return a new handle, which the client has to close
   * @throws IllegalStateException if credentials are missing, or would travel in clear
   */
  protected final CallHandle transport(String client) {
    var given = credentials;
    if (given == null) {
      throw new IllegalStateException(
          client
              + " has no credentials: call credentials(...), or use fromEnv() with THINGSPACE_KEY,"
              + " THINGSPACE_SECRET, THINGSPACE_USERNAME and THINGSPACE_PASSWORD, or with"
              + " THINGSPACE_TOKEN and THINGSPACE_M2M_TOKEN");
    }
    return transport((baseUrl, calls) -> new ThingSpaceAuth(baseUrl, given, calls));
  }
}
