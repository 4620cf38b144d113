package io.simtally.thingspace.hyperprecise;

import io.simtally.core.ThingSpaceClientBuilder;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.core.internal.CallHandle;
import java.util.Map;

/**
 * Client of the ThingSpace Hyper-Precise service. Immutable and thread-safe; create one per program
 * and reuse it.
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
  public static ThingSpaceHyperPrecise fromEnv() {
    return fromEnv(System.getenv());
  }

  /**
   * {@return a client as {@link #fromEnv()} builds it, from a map of the same names}
   *
   * @param environment the variables, as {@link System#getenv()}
   */
  public static ThingSpaceHyperPrecise fromEnv(Map<String, String> environment) {
    return builder().environment(environment).build();
  }

  /**
   * Returns a request for the sessions of one device: {@code POST
   * /hyper-precise/v1/report/sessions}.
   *
   * @return a request without settings; account number and IMEI are required
   */
  public SessionReportRequest sessionReport() {
    return SessionReportRequest.of(calls);
  }

  /**
   * Returns a request for the sessions of one device, as {@code
   * sessionReport().accountNumber(accountNumber).imei(imei)}.
   *
   * @param accountNumber the account number of the device, with its leading zeros
   * @param imei the IMEI of the device
   * @return a request for this device; no further setting is required
   * @throws IllegalArgumentException if one is null, blank or holds a line break
   */
  public SessionReportRequest sessionReport(String accountNumber, String imei) {
    return sessionReport().accountNumber(accountNumber).imei(imei);
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
    return "ThingSpaceHyperPrecise[" + calls.baseUrl() + "]";
  }

  /** Builder of a client. */
  public static final class Builder extends ThingSpaceClientBuilder<Builder> {
    private Builder() {
      super("thingspace-hyperprecise");
    }

    private Builder(Builder settings, CallHandle client) {
      super(settings, client);
    }

    /**
     * {@return a new client with these settings, to be closed by the caller}
     *
     * @throws IllegalStateException if credentials are missing, or would be sent over plain HTTP
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
