package io.simtally.thingspace.hyperprecise;

import io.simtally.core.ClientBuilder;
import io.simtally.core.Transport;
import io.simtally.core.auth.ThingSpaceAuth;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.core.internal.Setting;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Client of the ThingSpace Hyper-Precise service. Immutable and thread-safe; make one and keep it.
 *
 * @see <a
 *     href="https://thingspace.verizon.com/documentation/apis/hyper_precise/api-reference/get-session-report-for-a-device.html">Get
 *     session report for a device</a>
 */
public final class ThingSpaceHyperPrecise implements AutoCloseable {
  private final Transport transport;

  private ThingSpaceHyperPrecise(Transport transport) {
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
  public static ThingSpaceHyperPrecise fromEnv() {
    return builder().environment(System.getenv()).build();
  }

  /** The sessions of one device: {@code POST /hyper-precise/v1/report/sessions}. */
  public SessionReportRequest sessionReport() {
    return SessionReportRequest.of(transport.request());
  }

  /** Releases the connections and threads of this client; what the user brought stays as it is. */
  @Override
  public void close() {
    transport.close();
  }

  /** Never shows a credential. */
  @Override
  public String toString() {
    return "ThingSpaceHyperPrecise[" + transport.baseUrl() + "]";
  }

  /** The settings of a client. */
  public static final class Builder extends ClientBuilder<Builder> {
    private @Nullable ThingSpaceCredentials credentials;

    private Builder() {
      super("thingspace-hyperprecise", "https://thingspace.verizon.com/api");
    }

    /**
     * Whose sessions may be read. Give the same object to all ThingSpace clients of a program, the
     * one of the M2M service included: they then share one login.
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
    public ThingSpaceHyperPrecise build() {
      var given = credentials;
      if (given == null) {
        throw new IllegalStateException(
            "ThingSpaceHyperPrecise has no credentials: call credentials(...), or use fromEnv() with"
                + " THINGSPACE_KEY, THINGSPACE_SECRET, THINGSPACE_USERNAME and"
                + " THINGSPACE_PASSWORD, or with THINGSPACE_TOKEN and THINGSPACE_M2M_TOKEN");
      }
      return new ThingSpaceHyperPrecise(
          transport((baseUrl, calls, time) -> new ThingSpaceAuth(baseUrl, given, calls, time)));
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
