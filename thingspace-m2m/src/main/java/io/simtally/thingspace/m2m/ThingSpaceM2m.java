package io.simtally.thingspace.m2m;

import io.simtally.core.ClientBuilder;
import io.simtally.core.Transport;
import io.simtally.core.auth.ThingSpaceAuth;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.core.internal.Setting;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Client of the ThingSpace M2M service. Immutable and thread-safe; make one and keep it.
 *
 * @see <a
 *     href="https://thingspace.verizon.com/resources/documentation/connectivity/API_Reference/Retrieve_Device_Usage_History/">Retrieve
 *     device usage history</a>
 */
public final class ThingSpaceM2m implements AutoCloseable {
  private final Transport transport;

  private ThingSpaceM2m(Transport transport) {
    this.transport = transport;
  }

  /** Begins a client for {@code https://thingspace.verizon.com/api}. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Builds a client from the environment: the credentials as {@link ThingSpaceCredentials#from}
   * reads them, and {@code THINGSPACE_BASE_URL} if it is set.
   *
   * @throws IllegalStateException if credentials are missing; the message names the variables
   */
  public static ThingSpaceM2m fromEnv() {
    return builder().environment(System.getenv()).build();
  }

  /** The daily usage of one device: {@code POST /m2m/v1/devices/usage/actions/list}. */
  public UsageHistoryRequest usageHistory() {
    return UsageHistoryRequest.of(transport.request());
  }

  /** Releases the connections and threads of this client; what the user brought stays as it is. */
  @Override
  public void close() {
    transport.close();
  }

  /** Never shows a credential. */
  @Override
  public String toString() {
    return "ThingSpaceM2m[" + transport.baseUrl() + "]";
  }

  /** The settings of a client. */
  public static final class Builder extends ClientBuilder<Builder> {
    private @Nullable ThingSpaceCredentials credentials;

    private Builder() {
      super("thingspace-m2m", "https://thingspace.verizon.com/api");
    }

    /**
     * Whose usage may be read. Give the same object to all ThingSpace clients of a program.
     *
     * @throws IllegalArgumentException if it is null
     */
    public Builder credentials(ThingSpaceCredentials thingSpaceCredentials) {
      credentials = Setting.present("credentials", thingSpaceCredentials);
      return this;
    }

    /** Takes the credentials and the base URL from {@code environment}. */
    Builder environment(Map<String, String> environment) {
      var url = variable(environment, "THINGSPACE_BASE_URL");
      if (url != null) {
        baseUrl(url);
      }
      return credentials(ThingSpaceCredentials.from(environment));
    }

    /**
     * Builds the client.
     *
     * @throws IllegalStateException if credentials are missing, or would travel in clear
     */
    public ThingSpaceM2m build() {
      var given = credentials;
      if (given == null) {
        throw new IllegalStateException(
            "ThingSpaceM2m has no credentials: call credentials(...), or use fromEnv() with"
                + " THINGSPACE_KEY, THINGSPACE_SECRET, THINGSPACE_USERNAME and"
                + " THINGSPACE_PASSWORD, or with THINGSPACE_TOKEN and THINGSPACE_M2M_TOKEN");
      }
      return new ThingSpaceM2m(
          transport((baseUrl, calls, time) -> new ThingSpaceAuth(baseUrl, given, calls, time)));
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
