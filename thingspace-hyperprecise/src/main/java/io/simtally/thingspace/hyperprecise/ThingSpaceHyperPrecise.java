package io.simtally.thingspace.hyperprecise;

import io.simtally.core.ThingSpaceClientBuilder;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.core.internal.CallHandle;
import java.util.Map;

/**
 * Client of the ThingSpace Hyper-Precise service. Immutable and thread-safe; make one and keep it.
 *
 * @see <a
 *     href="https://thingspace.verizon.com/documentation/apis/hyper_precise/api-reference/get-session-report-for-a-device.html">Get
 *     session report for a device</a>
 */
public final class ThingSpaceHyperPrecise implements AutoCloseable {
  private final CallHandle calls;
  private final Builder settings;

  private ThingSpaceHyperPrecise(CallHandle calls, Builder settings) {
    this.calls = calls;
    this.settings = new Builder(settings, calls);
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
  public static ThingSpaceHyperPrecise fromEnv() {
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
  public static ThingSpaceHyperPrecise fromEnv(Map<String, String> environment) {
    return builder().environment(environment).build();
  }

  /**
   * Begins a request for the sessions of one device: {@code POST
   * /hyper-precise/v1/report/sessions}.
   *
   * @return a request without any setting; nothing is sent before it is executed
   */
  public SessionReportRequest sessionReport() {
    return SessionReportRequest.of(calls);
  }

  /**
   * Begins a client with the settings of this one, credentials included, which can be changed. It
   * shares the connections and threads of this client, if they are not the user's, and they are
   * released when the last client that shares them is closed: closing one ends its own calls only.
   * Calls are counted by each client for itself, for {@link ThingSpaceClientBuilder#concurrency}
   * and {@link ThingSpaceClientBuilder#rateLimit}.
   *
   * @return a builder with the settings of this client
   */
  public Builder toBuilder() {
    return new Builder(settings, calls);
  }

  /**
   * Ends the calls of this client and releases its connections and threads, unless another client
   * shares them; what the user brought stays as it is.
   */
  @Override
  public void close() {
    calls.close();
  }

  /** Never shows a credential. */
  @Override
  public String toString() {
    return "ThingSpaceHyperPrecise[" + calls.baseUrl() + "]";
  }

  /** The settings of a client. */
  public static final class Builder extends ThingSpaceClientBuilder<Builder> {
    private Builder() {
      super("thingspace-hyperprecise");
    }

    private Builder(Builder settings, CallHandle client) {
      super(settings, client);
    }

    /**
     * Builds the client.
     *
     * @return a new client, to be closed when it is no longer needed
     * @throws IllegalStateException if credentials are missing, or would travel in clear
     */
    public ThingSpaceHyperPrecise build() {
      return new ThingSpaceHyperPrecise(transport("ThingSpaceHyperPrecise"), this);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
