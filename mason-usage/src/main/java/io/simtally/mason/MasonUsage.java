package io.simtally.mason;

import io.simtally.core.ClientBuilder;
import io.simtally.core.auth.BasicKeyAuth;
import io.simtally.core.auth.Secret;
import io.simtally.core.internal.CallHandle;
import io.simtally.core.internal.Preconditions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Client of Mason's Connectivity Usage API. Immutable and thread-safe; create one per program and
 * reuse it.
 *
 * @see <a href="https://docs.bymason.com/platform/api/beta/usage">Usage API</a>
 */
public final class MasonUsage implements AutoCloseable {
  static final String PROVIDER = "mason-usage";
  static final String AGGREGATE = "GET /beta/{fleet}/data/aggregate/usage";
  static final String SERIES = "GET /beta/{fleet}/data/series/usage";
  private static final String SIM_SERIES = SERIES + "/sim/{iccid}";
  private static final String SHORT_SIM_SERIES = SERIES + "/{iccid}";

  private final CallHandle calls;
  private final Builder settings;

  private MasonUsage(CallHandle calls, Builder settings) {
    this.calls = calls;
    this.settings = new Builder(settings, calls);
  }

  /** {@return a builder for {@code https://api.bymason.com}; an API key is required} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Builds a client from the environment: {@code MASON_API_KEY}, and {@code MASON_FLEET} and {@code
   * MASON_BASE_URL} if they are set.
   *
   * @return a new client, to be closed by the caller
   * @throws IllegalStateException if the key is missing; the message names the variable
   * @throws IllegalArgumentException if a variable is set to what its setter refuses
   */
  public static MasonUsage fromEnv() {
    return fromEnv(System.getenv());
  }

  /**
   * {@return a client as {@link #fromEnv()} builds it, from a map of the same names}
   *
   * @param environment the variables, as {@link System#getenv()}
   */
  public static MasonUsage fromEnv(Map<String, String> environment) {
    return builder().environment(environment).build();
  }

  /**
   * Returns a request for the usage of the whole account in one month: {@code GET
   * /beta/{fleet}/data/aggregate/usage}. One row, or one for each value of the marker.
   *
   * @return a request that requires {@link AggregateUsageRequest#month month} or {@link
   *     AggregateUsageRequest#date date}
   */
  public AggregateUsageRequest aggregateAccountUsage() {
    return aggregate("aggregateAccountUsage()", AGGREGATE, null);
  }

  /**
   * Returns a request for the usage of all SIMs in one month: {@code GET
   * /beta/{fleet}/data/aggregate/usage/sim}. One row for each SIM, or one for each SIM and value of
   * the marker.
   *
   * @return a request that requires {@link AggregateUsageRequest#month month} or {@link
   *     AggregateUsageRequest#date date}
   */
  public AggregateUsageRequest aggregateSimUsage() {
    return aggregate("aggregateSimUsage()", AGGREGATE + "/sim", null);
  }

  /**
   * Returns a request for the usage of one SIM in one month: {@code GET
   * /beta/{fleet}/data/aggregate/usage/sim/{iccid}}. One row, or one for each value of the marker.
   *
   * @param iccid the number of the SIM card, with all its digits
   * @return a request that requires {@link AggregateUsageRequest#month month} or {@link
   *     AggregateUsageRequest#date date}
   * @throws IllegalArgumentException if the ICCID is null, blank or holds a line break
   */
  public AggregateUsageRequest aggregateSimUsage(String iccid) {
    return aggregate(
        "aggregateSimUsage(iccid)", AGGREGATE + "/sim/{iccid}", Preconditions.text("iccid", iccid));
  }

  /**
   * Returns a request for the usage of the whole account on each day of a range: {@code GET
   * /beta/{fleet}/data/series/usage}.
   *
   * @return a request that requires a range
   */
  public SeriesUsageRequest seriesAccountUsage() {
    return series("seriesAccountUsage()", SERIES, null);
  }

  /**
   * Returns a request for the usage of one SIM on each day of a range: {@code GET
   * /beta/{fleet}/data/series/usage/sim/{iccid}}.
   *
   * @param iccid the number of the SIM card, with all its digits
   * @return a request that requires a range
   * @throws IllegalArgumentException if the ICCID is null, blank or holds a line break
   */
  public SeriesUsageRequest seriesSimUsage(String iccid) {
    var sim = Preconditions.text("iccid", iccid);
    // In Mason's examples this path, without an ICCID, is the account's.
    if (sim.equals("sim") && settings.simSeries.equals(SHORT_SIM_SERIES)) {
      throw new IllegalArgumentException("iccid is not a number of any SIM: sim");
    }
    return series("seriesSimUsage(iccid)", settings.simSeries, sim);
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
    return "MasonUsage[" + calls.baseUrl() + ", " + settings.fleet + "]";
  }

  private AggregateUsageRequest aggregate(String call, String operation, @Nullable String iccid) {
    return AggregateUsageRequest.of(calls, endpoint(call, operation, iccid));
  }

  private SeriesUsageRequest series(String call, String operation, @Nullable String iccid) {
    return SeriesUsageRequest.of(calls, endpoint(call, operation, iccid));
  }

  private UsageEndpoint endpoint(String call, String operation, @Nullable String iccid) {
    return new UsageEndpoint(calls.baseUrl(), call, operation, settings.fleet, iccid);
  }

  /**
   * Builder of a client. Each setter throws an {@link IllegalArgumentException} if its argument is
   * null, blank or holds a line break.
   */
  public static final class Builder extends ClientBuilder<Builder> {
    private @Nullable Secret apiKey;
    private String fleet = "default";
    private String simSeries = SIM_SERIES;

    private Builder() {
      super(PROVIDER, "https://api.bymason.com");
    }

    private Builder(Builder settings, CallHandle client) {
      super(settings, client);
      this.apiKey = settings.apiKey;
      this.fleet = settings.fleet;
      this.simSeries = settings.simSeries;
    }

    /**
     * Sets the key of the account, with the scope {@code connect:read}. It is sent without Base64.
     *
     * @param key the key as Mason issues it, in ASCII
     * @return this builder
     */
    public Builder apiKey(String key) {
      apiKey = Secret.ofHeader("apiKey", key);
      return this;
    }

    /**
     * Sets the fleet in the path of the calls; {@code default} by default.
     *
     * @param name the name of the fleet, one segment of the path
     * @return this builder
     */
    public Builder fleet(String name) {
      fleet = Preconditions.text("fleet", name);
      return this;
    }

    /**
     * Requests the series of a SIM at {@code /beta/{fleet}/data/series/usage/{iccid}}. Mason's page
     * has this path in its heading, and {@code .../usage/sim/{iccid}} in its examples and in all
     * other calls of a SIM, which is the default.
     *
     * @return this builder
     */
    public Builder shortSeriesSimPath() {
      simSeries = SHORT_SIM_SERIES;
      return this;
    }

    /**
     * Reads {@code MASON_API_KEY}, {@code MASON_FLEET} and {@code MASON_BASE_URL} from the
     * environment; a variable that is not set, or blank, changes nothing.
     *
     * @param environment as {@link System#getenv()}
     * @return this builder
     */
    @Override
    public Builder environment(Map<String, String> environment) {
      var key = variable(environment, "MASON_API_KEY");
      if (key != null) {
        apiKey(key);
      }
      var name = variable(environment, "MASON_FLEET");
      if (name != null) {
        fleet(name);
      }
      var url = variable(environment, "MASON_BASE_URL");
      if (url != null) {
        baseUrl(url);
      }
      return this;
    }

    /**
     * {@return a new client with these settings, to be closed by the caller}
     *
     * @throws IllegalStateException if the key is missing, or would be sent over plain HTTP
     */
    public MasonUsage build() {
      var given = apiKey;
      if (given == null) {
        throw new IllegalStateException(
            "MasonUsage has no API key: call apiKey(...), or use fromEnv() with MASON_API_KEY");
      }
      return new MasonUsage(
          transport((baseUrl, tokenCalls) -> new BasicKeyAuth(baseUrl, given)), this);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
