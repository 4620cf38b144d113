package io.simtally.thingspace.m2m;

import io.simtally.core.ThingSpaceClientBuilder;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.core.internal.CallHandle;
import java.util.Map;

/**
 * Client of the ThingSpace M2M service. Immutable and thread-safe; create one per program and reuse
 * it.
 *
 * @see <a
 *     href="https://thingspace.verizon.com/resources/documentation/connectivity/API_Reference/Retrieve_Device_Usage_History/">Retrieve
 *     device usage history</a>
 */
public final class ThingSpaceM2m implements AutoCloseable {
  private final CallHandle calls;
  private final Builder settings;

  private ThingSpaceM2m(CallHandle calls, Builder settings) {
    this.calls = calls;
    this.settings = new Builder(settings, calls);
  }

  /**
   * {@return a builder for {@code https://thingspace.verizon.com/api}; credentials are required}
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Builds a client from the environment: the credentials as {@link
   * ThingSpaceCredentials#fromEnv()} reads them, and {@code THINGSPACE_BASE_URL} if it is set.
   *
   * @return a new client, to be closed by the caller
   * @throws IllegalStateException if credentials are missing; the message names the variables
   * @throws IllegalArgumentException if a variable is set to what its setter refuses
   */
  public static ThingSpaceM2m fromEnv() {
    return fromEnv(System.getenv());
  }

  /**
   * {@return a client as {@link #fromEnv()} builds it, from a map of the same names}
   *
   * @param environment the variables, as {@link System#getenv()}
   */
  public static ThingSpaceM2m fromEnv(Map<String, String> environment) {
    return builder().environment(environment).build();
  }

  /**
   * Returns a request for the daily usage of one device: {@code POST
   * /m2m/v1/devices/usage/actions/list}.
   *
   * @return a request without settings; device or label, and a range are required
   */
  public UsageHistoryRequest usageHistory() {
    return UsageHistoryRequest.of(calls);
  }

  /**
   * Returns a request for the daily usage of one device, as {@code usageHistory().device(device)}.
   *
   * @param device one of the device's names
   * @return a request for this device; a range is required
   * @throws IllegalArgumentException if it is null
   */
  public UsageHistoryRequest usageHistory(DeviceId device) {
    return usageHistory().device(device);
  }

  /**
   * {@return a builder with the settings of this client, credentials included} The new client
   * shares connections and threads with this one, unless they are the user's; closing the last
   * client releases them. Concurrency and rate limit count per client.
   */
  public Builder toBuilder() {
    return new Builder(settings, calls);
  }

  /**
   * Cancels the calls of this client and releases its connections and threads, unless they are the
   * user's or another client shares them.
   */
  @Override
  public void close() {
    calls.close();
  }

  /** Returns the class and the base URL, without credentials. */
  @Override
  public String toString() {
    return "ThingSpaceM2m[" + calls.baseUrl() + "]";
  }

  /** Builder of a client. */
  public static final class Builder extends ThingSpaceClientBuilder<Builder> {
    private Builder() {
      super("thingspace-m2m");
    }

    private Builder(Builder settings, CallHandle client) {
      super(settings, client);
    }

    /**
     * {@return a new client with these settings, to be closed by the caller}
     *
     * @throws IllegalStateException if credentials are missing, or would be sent over plain HTTP
     */
    public ThingSpaceM2m build() {
      return new ThingSpaceM2m(transport("ThingSpaceM2m"), this);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
