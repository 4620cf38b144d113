package io.simtally.alef;

import io.simtally.core.ClientBuilder;
import io.simtally.core.auth.QueryKeyAuth;
import io.simtally.core.auth.Secret;
import io.simtally.core.internal.CallHandle;
import io.simtally.core.internal.Preconditions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Client of Alef's Connectivity reports. Immutable and thread-safe; make one and keep it.
 *
 * <p>{@link #report} asks for anything; the other methods are the reports that Alef documents, with
 * the settings of its examples, and take further ones as {@link #report} does.
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

  /**
   * {@return a builder of a client for {@code https://api.alefedge.com}, which needs an API key
   * yet}
   */
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
   * The same from a map of the same names.
   *
   * @param environment as {@link System#getenv()}
   * @return a new client, to be closed by the caller
   * @throws IllegalStateException if the key is missing; the message names the variable
   * @throws IllegalArgumentException if it is null, or a variable is set to what its setter refuses
   */
  public static AlefConnectivity fromEnv(Map<String, String> environment) {
    return builder().environment(environment).build();
  }

  /** {@return a request for a report with nothing set: {@code POST /connectivity/v1/report}} */
  public ReportRequest report() {
    return request("report()", null);
  }

  /**
   * Seconds in which an account's subscribers used the network, day by day. A time range is
   * required.
   *
   * @param accountId the id of the account, for example {@code 62c40843c7a190970912345}
   * @return a request that needs a time range yet, by {@link ReportRequest#between between} or
   *     {@link ReportRequest#window window}
   * @throws IllegalArgumentException if the id is null, blank or holds a line break
   */
  public ReportRequest accountTimeUsage(String accountId) {
    return request("accountTimeUsage()", null)
        .account(accountId)
        .granularity(Granularity.DAY)
        .metric(Metric.TIME_USAGE_SECONDS, Aggregation.COUNT);
  }

  /**
   * Seconds in which a subscriber used the network, day by day. A time range is required.
   *
   * @param accountId the id of the account, for example {@code 62c40843c7a190970912345}
   * @param msisdn the telephone number of the subscriber, for example {@code 8020010012345}
   * @return a request that needs a time range yet, by {@link ReportRequest#between between} or
   *     {@link ReportRequest#window window}
   * @throws IllegalArgumentException if one is null, blank or holds a line break
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
   * Bytes that a subscriber sent and received, hour by hour, or day by day once {@link
   * ReportRequest#granularity} says so. A time range is required.
   *
   * @param accountId the id of the account, for example {@code 62c40843c7a190970912345}
   * @param msisdn the telephone number of the subscriber, for example {@code 8020010012345}
   * @return a request that needs a time range yet, by {@link ReportRequest#between between} or
   *     {@link ReportRequest#window window}
   * @throws IllegalArgumentException if one is null, blank or holds a line break
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
   * Average bandwidth of a site in both directions over the last five minutes, unless another time
   * range is set.
   *
   * @param accountId the id of the account, for example {@code 62c40843c7a190970912345}
   * @param siteId the id of the site, for example {@code 62c408aaadd8f757bf412345}
   * @return a request that needs no further setting
   * @throws IllegalArgumentException if one is null, blank or holds a line break
   */
  public ReportRequest siteBandwidthNow(String accountId, String siteId) {
    return bandwidth(
        request("siteBandwidthNow()", TimeWindow.NOW).account(accountId).customerSite(siteId),
        Aggregation.AVG);
  }

  /**
   * A percentile of a site's bandwidth in both directions. A time range is required.
   *
   * @param accountId the id of the account, for example {@code 62c40843c7a190970912345}
   * @param siteId the id of the site, for example {@code 62c408aaadd8f757bf412345}
   * @param percentile above 0, at most 100, and sent as it is: whether Alef takes 1 for the first
   *     percentile or for the hundredth is not known, see {@link ReportRequest#percentile}
   * @return a request that needs a time range yet, by {@link ReportRequest#between between} or
   *     {@link ReportRequest#window window}
   * @throws IllegalArgumentException if an id is null, blank or holds a line break, or the
   *     percentile is out of bounds
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
   * Greatest bandwidth of the subscriber with a SIM in both directions over the last five minutes,
   * unless another time range is set.
   *
   * @param accountId the id of the account, for example {@code 62c40843c7a190970912345}
   * @param imsi the subscriber identity on the SIM, for example {@code 310550000010232}
   * @return a request that needs no further setting
   * @throws IllegalArgumentException if one is null, blank or holds a line break
   */
  public ReportRequest maxBandwidthByImsi(String accountId, String imsi) {
    return bandwidth(
        request("maxBandwidthByImsi()", TimeWindow.NOW).account(accountId).imsi(imsi),
        Aggregation.MAX);
  }

  /**
   * Greatest bandwidth of a subscriber in both directions over the last five minutes, unless
   * another time range is set.
   *
   * @param accountId the id of the account, for example {@code 62c40843c7a190970912345}
   * @param msisdn the telephone number of the subscriber, for example {@code 8020010012345}
   * @return a request that needs no further setting
   * @throws IllegalArgumentException if one is null, blank or holds a line break
   */
  public ReportRequest maxBandwidthByMsisdn(String accountId, String msisdn) {
    return bandwidth(
        request("maxBandwidthByMsisdn()", TimeWindow.NOW).account(accountId).msisdn(msisdn),
        Aggregation.MAX);
  }

  /**
   * Average, least and greatest bandwidth of a site in both directions, hour by hour. A time range
   * is required.
   *
   * @param accountId the id of the account, for example {@code 62c40843c7a190970912345}
   * @param siteId the id of the site, for example {@code 62c408aaadd8f757bf412345}
   * @return a request that needs a time range yet, by {@link ReportRequest#between between} or
   *     {@link ReportRequest#window window}
   * @throws IllegalArgumentException if one is null, blank or holds a line break
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
   * Begins a client with the settings of this one, credentials included, which can be changed. It
   * shares the connections and threads of this client, if they are not the user's, and they are
   * released when the last client that shares them is closed: closing one ends its own calls only.
   * Calls are counted by each client for itself, for {@link ClientBuilder#concurrency} and {@link
   * ClientBuilder#rateLimit}.
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

  /** The settings of a client. */
  public static final class Builder extends ClientBuilder<Builder> {
    private @Nullable Secret apiKey;
    private String apiKeyParameter = "apikey";

    private Builder() {
      super(ByteUsage.PROVIDER, "https://api.alefedge.com");
    }

    private Builder(Builder settings, CallHandle client) {
      super(settings, client);
      this.apiKey = settings.apiKey;
      this.apiKeyParameter = settings.apiKeyParameter;
    }

    /**
     * The key of the account whose reports are read.
     *
     * @param key the key as Alef gives it out
     * @return this builder
     * @throws IllegalArgumentException if it is null, blank or holds a line break
     */
    public Builder apiKey(String key) {
      apiKey = Secret.of("apiKey", key);
      return this;
    }

    /**
     * The query parameter that carries the key. {@code apikey} if not set; other generations of
     * Alef's service know it as {@code Authorization}.
     *
     * @param name the name of the query parameter, without its value
     * @return this builder
     * @throws IllegalArgumentException if it is null, blank or holds a line break
     */
    public Builder apiKeyParameter(String name) {
      apiKeyParameter = Preconditions.text("apiKeyParameter", name);
      return this;
    }

    /**
     * Takes {@code ALEF_API_KEY} and {@code ALEF_BASE_URL} from the environment; one that is not
     * set, or blank, changes nothing.
     *
     * @param environment as {@link System#getenv()}
     * @return this builder
     * @throws IllegalArgumentException if it is null, or a variable is set to what its setter
     *     refuses
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
     * Builds the client.
     *
     * @return a new client with these settings, to be closed by the caller
     * @throws IllegalStateException if the key is missing, or would travel in clear
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
