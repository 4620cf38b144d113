package io.simtally.thingspace.m2m;

import io.simtally.core.ThingSpaceClientBuilder;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.core.internal.CallHandle;
import java.util.Map;

/**
 * Client of the ThingSpace M2M service. Immutable and thread-safe; make one and keep it.
 *
 * @see <a
 *     href="https://thingspace.verizon.com/resources/documentation/connectivity/API_Reference/Retrieve_Device_Usage_History/">Retrieve
 *     device usage history</a>
 */
public final class ThingSpaceM2m implements AutoCloseable {
  private final CallHandle calls;

  private ThingSpaceM2m(CallHandle calls) {
    this.calls = calls;
  }

  /**
   * Begins a client for {@code https://thingspace.verizon.com/api}.
   *
   * @return a builder that still needs credentials
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Builds a client from the environment: the credentials as {@link
   * ThingSpaceCredentials#fromEnv()} reads them, and {@code THINGSPACE_BASE_URL} if it is set.
   *
   * @return a new client, to be closed when it is no longer needed
   * @throws IllegalStateException if credentials are missing; the message names the variables
   * @throws IllegalArgumentException if a variable is set to what its setter refuses
   */
  public static ThingSpaceM2m fromEnv() {
    return fromEnv(System.getenv());
  }

  /**
   * The same from a map of the same names.
   *
   * @param environment as {@link System#getenv()}
   * @return a new client, to be closed when it is no longer needed
   * @throws IllegalStateException if credentials are missing; the message names the variables
   * @throws IllegalArgumentException if it is null, or a variable is set to what its setter refuses
   */
  public static ThingSpaceM2m fromEnv(Map<String, String> environment) {
    return builder().environment(environment).build();
  }

  /**
   * Begins a request for the daily usage of one device: {@code POST
   * /m2m/v1/devices/usage/actions/list}.
   *
   * @return a request without any setting; nothing is sent before it is executed
   */
  public UsageHistoryRequest usageHistory() {
    return UsageHistoryRequest.of(calls);
  }

  /** Releases the connections and threads of this client; what the user brought stays as it is. */
  @Override
  public void close() {
    calls.close();
  }

  /** Never shows a credential. */
  @Override
  public String toString() {
    return "ThingSpaceM2m[" + calls.baseUrl() + "]";
  }

  /** The settings of a client. */
  public static final class Builder extends ThingSpaceClientBuilder<Builder> {
    private Builder() {
      super("thingspace-m2m");
    }

    /**
     * Builds the client.
     *
     * @return a new client, to be closed when it is no longer needed
     * @throws IllegalStateException if credentials are missing, or would travel in clear
     */
    public ThingSpaceM2m build() {
      return new ThingSpaceM2m(transport("ThingSpaceM2m"));
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
