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

  private ThingSpaceHyperPrecise(CallHandle calls) {
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

  /** Releases the connections and threads of this client; what the user brought stays as it is. */
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

    /**
     * Builds the client.
     *
     * @return a new client, to be closed when it is no longer needed
     * @throws IllegalStateException if credentials are missing, or would travel in clear
     */
    public ThingSpaceHyperPrecise build() {
      return new ThingSpaceHyperPrecise(transport("ThingSpaceHyperPrecise"));
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
