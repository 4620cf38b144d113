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
   * @param provider the name of the provider in errors, logs and events
   */
  protected ThingSpaceClientBuilder(String provider) {
    super(provider, "https://thingspace.verizon.com/api");
  }

  /**
   * For the provider modules: copies the settings of another builder, and shares the connections of
   * its client.
   *
   * @param settings the builder to copy
   * @param client the client that was built with {@code settings}
   */
  protected ThingSpaceClientBuilder(ThingSpaceClientBuilder<B> settings, CallHandle client) {
    super(settings, client);
    this.credentials = settings.credentials;
  }

  /**
   * Sets the credentials. ThingSpace clients with the same credentials object share one login.
   *
   * @param thingSpaceCredentials a login or fixed tokens
   * @return this builder
   * @throws IllegalArgumentException if the credentials are null
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
   * Builds the handle that a client sends its calls through.
   *
   * @param client the name of the client in the message
   * @return a new handle, which the client must close
   * @throws IllegalStateException if credentials are missing, or the client would send them
   *     unencrypted
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
