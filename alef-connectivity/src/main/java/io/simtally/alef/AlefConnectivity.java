package io.simtally.alef;

import io.simtally.core.ClientBuilder;
import io.simtally.core.auth.QueryKeyAuth;
import io.simtally.core.auth.Secret;
import io.simtally.core.internal.CallHandle;
import io.simtally.core.internal.Preconditions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Client of Alef's Connectivity reports. Immutable and thread-safe; create one per program and
 * reuse it.
 *
 * <p>{@link #report} returns a request without settings. The other methods return the reports that
 * Alef documents, with the settings of its examples; further settings can be added. They throw an
 * {@link IllegalArgumentException} if an id is null, blank or holds a line break.
 *
 * @see <a href="https://docs.alefedge.com/reporting/">Reporting</a>
 */
public final class AlefConnectivity implements AutoCloseable {
  private final CallHandle calls;
  private final Builder settings;

  private AlefConnectivity(CallHandle calls, Builder settings) {
    this.calls = calls;
    this.settings = new Builder(settings, calls);
  }

  /** {@return a builder for {@code https://api.alefedge.com}; an API key is required} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Builds a client from the environment: {@code ALEF_API_KEY}, and {@code ALEF_BASE_URL} if it is
   * set.
   *
   * @return a new client, to be closed by the caller
   * @throws IllegalStateException if the key is missing; the message names the variable
   * @throws IllegalArgumentException if a variable is set to what its setter refuses
   */
  public static AlefConnectivity fromEnv() {
    return fromEnv(System.getenv());
  }

  /**
   * {@return a client as {@link #fromEnv()} builds it, from a map of the same names}
   *
   * @param environment the variables, as {@link System#getenv()}
   */
  public static AlefConnectivity fromEnv(Map<String, String> environment) {
    return builder().environment(environment).build();
  }

  /** {@return a request without settings: {@code POST /connectivity/v1/report}} */
  public ReportRequest report() {
    return request("report()", null);
  }

  /**
   * Returns the report of seconds in which an account's subscribers used the network, per day. A
   * time range is required.
   *
   * @param accountId the id of the account, for example {@code 62c40843c7a190970912345}
   * @return a request that requires a period
   */
  public ReportRequest accountTimeUsage(String accountId) {
    return request("accountTimeUsage()", null)
        .account(accountId)
        .granularity(Granularity.DAY)
        .metric(Metric.TIME_USAGE_SECONDS, Aggregation.COUNT);
  }

  /**
   * Returns the report of seconds in which a subscriber used the network, per day.
   *
   * @param accountId the id of the account, for example {@code 62c40843c7a190970912345}
   * @param msisdn the telephone number of the subscriber, for example {@code 8020010012345}
   * @return a request that requires a period
   */
  public ReportRequest subscriberTimeUsage(String accountId, String msisdn) {
    return request("subscriberTimeUsage()", null)
        .account(accountId)
        .msisdn(msisdn)
        .dimension(DimensionFilter.MSISDN)
        .granularity(Granularity.DAY)
        .metric(Metric.TIME_USAGE_SECONDS, Aggregation.COUNT);
  }

  /**
   * Returns the report of bytes that a subscriber sent and received, per hour, or per day with
   * {@link ReportRequest#granularity granularity(DAY)}.
   *
   * @param accountId the id of the account, for example {@code 62c40843c7a190970912345}
   * @param msisdn the telephone number of the subscriber, for example {@code 8020010012345}
   * @return a request that requires a period
   */
  public ReportRequest subscriberByteUsage(String accountId, String msisdn) {
    return request("subscriberByteUsage()", null)
        .account(accountId)
        .msisdn(msisdn)
        .dimension(DimensionFilter.MSISDN)
        .granularity(Granularity.HOUR)
        .metric(Metric.UPLINK_BYTES, Aggregation.COUNT)
        .metric(Metric.DOWNLINK_BYTES, Aggregation.COUNT);
  }

  /**
   * Returns the report of a site's average bandwidth in both directions, over the last five minutes
   * by default.
   *
   * @param accountId the id of the account, for example {@code 62c40843c7a190970912345}
   * @param siteId the id of the site, for example {@code 62c408aaadd8f757bf412345}
   * @return a request that is complete
   */
  public ReportRequest siteBandwidthNow(String accountId, String siteId) {
    return bandwidth(
        request("siteBandwidthNow()", TimeWindow.NOW).account(accountId).customerSite(siteId),
        Aggregation.AVG);
  }

  /**
   * Returns the report of a percentile of a site's bandwidth in both directions.
   *
   * @param accountId the id of the account, for example {@code 62c40843c7a190970912345}
   * @param siteId the id of the site, for example {@code 62c408aaadd8f757bf412345}
   * @param percentile above 0 and at most 100; its unit is unknown, see {@link
   *     ReportRequest#percentile}
   * @return a request that requires a period
   * @throws IllegalArgumentException also if the percentile is out of bounds
   */
  public ReportRequest siteBandwidthPercentile(String accountId, String siteId, double percentile) {
    return request("siteBandwidthPercentile()", null)
        .account(accountId)
        .customerSite(siteId)
        .dimension(DimensionFilter.CUSTOMER_SITE)
        .percentile(Metric.UPLINK_BANDWIDTH, percentile)
        .percentile(Metric.DOWNLINK_BANDWIDTH, percentile);
  }

  /**
   * Returns the report of the greatest bandwidth of the subscriber with a SIM in both directions,
   * over the last five minutes by default.
   *
   * @param accountId the id of the account, for example {@code 62c40843c7a190970912345}
   * @param imsi the subscriber identity on the SIM, for example {@code 310550000010232}
   * @return a request that is complete
   */
  public ReportRequest maxBandwidthByImsi(String accountId, String imsi) {
    return bandwidth(
        request("maxBandwidthByImsi()", TimeWindow.NOW).account(accountId).imsi(imsi),
        Aggregation.MAX);
  }

  /**
   * Returns the report of the greatest bandwidth of a subscriber in both directions, over the last
   * five minutes by default.
   *
   * @param accountId the id of the account, for example {@code 62c40843c7a190970912345}
   * @param msisdn the telephone number of the subscriber, for example {@code 8020010012345}
   * @return a request that is complete
   */
  public ReportRequest maxBandwidthByMsisdn(String accountId, String msisdn) {
    return bandwidth(
        request("maxBandwidthByMsisdn()", TimeWindow.NOW).account(accountId).msisdn(msisdn),
        Aggregation.MAX);
  }

  /**
   * Returns the report of the average, least and greatest bandwidth of a site in both directions,
   * per hour.
   *
   * @param accountId the id of the account, for example {@code 62c40843c7a190970912345}
   * @param siteId the id of the site, for example {@code 62c408aaadd8f757bf412345}
   * @return a request that requires a period
   */
  public ReportRequest siteBandwidthStatistics(String accountId, String siteId) {
    var request =
        request("siteBandwidthStatistics()", null)
            .account(accountId)
            .customerSite(siteId)
            .granularity(Granularity.HOUR);
    return bandwidth(
        bandwidth(bandwidth(request, Aggregation.AVG), Aggregation.MIN), Aggregation.MAX);
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
    return "AlefConnectivity[" + calls.baseUrl() + "]";
  }

  private ReportRequest request(String call, @Nullable TimeWindow usual) {
    return ReportRequest.of(calls, call, usual);
  }

  private static ReportRequest bandwidth(ReportRequest request, Aggregation aggregation) {
    return request
        .metric(Metric.UPLINK_BANDWIDTH, aggregation)
        .metric(Metric.DOWNLINK_BANDWIDTH, aggregation);
  }

  /**
   * Builder of a client. Each setter throws an {@link IllegalArgumentException} if its argument is
   * null, blank or holds a line break.
   */
  public static final class Builder extends ClientBuilder<Builder> {
    private @Nullable Secret apiKey;
    private String apiKeyParameter = "apikey";

    private Builder() {
      super(ByteUsage.CONVERSION.provider(), "https://api.alefedge.com");
    }

    private Builder(Builder settings, CallHandle client) {
      super(settings, client);
      this.apiKey = settings.apiKey;
      this.apiKeyParameter = settings.apiKeyParameter;
    }

    /**
     * Sets the key of the account whose reports are read.
     *
     * @param key the key as Alef issues it
     * @return this builder
     */
    public Builder apiKey(String key) {
      apiKey = Secret.of("apiKey", key);
      return this;
    }

    /**
     * Sets the name of the query parameter for the key; {@code apikey} by default. Other
     * generations of Alef's service name it {@code Authorization}.
     *
     * @param name the name of the query parameter, without its value
     * @return this builder
     */
    public Builder apiKeyParameter(String name) {
      apiKeyParameter = Preconditions.text("apiKeyParameter", name);
      return this;
    }

    /**
     * Reads {@code ALEF_API_KEY} and {@code ALEF_BASE_URL} from the environment; a variable that is
     * not set, or blank, changes nothing.
     *
     * @param environment as {@link System#getenv()}
     * @return this builder
     */
    @Override
    public Builder environment(Map<String, String> environment) {
      var url = variable(environment, "ALEF_BASE_URL");
      if (url != null) {
        baseUrl(url);
      }
      var key = variable(environment, "ALEF_API_KEY");
      return key == null ? this : apiKey(key);
    }

    /**
     * {@return a new client with these settings, to be closed by the caller}
     *
     * @throws IllegalStateException if the key is missing, or would be sent over plain HTTP
     */
    public AlefConnectivity build() {
      var key = apiKey;
      var parameter = apiKeyParameter;
      if (key == null) {
        throw new IllegalStateException(
            "AlefConnectivity has no API key: call apiKey(...), or use fromEnv() with"
                + " ALEF_API_KEY");
      }
      return new AlefConnectivity(
          transport((baseUrl, tokenCalls) -> new QueryKeyAuth(baseUrl, parameter, key)), this);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
