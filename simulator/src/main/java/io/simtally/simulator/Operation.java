package io.simtally.simulator;

/**
 * The documented calls of the providers, which the simulators serve. The {@link #template()} equals
 * {@code ApiException.operation()} of a client.
 */
public enum Operation {
  /** IoT-X: {@code dataUsage()}. */
  DATA_USAGE("GET /analytics/data-usage"),
  /** IoT-X: {@code subscriberDataUsage(physicalId)}. */
  SUBSCRIBER_DATA_USAGE("GET /analytics/data-usage/{physicalId}"),
  /** IoT-X: {@code dataUsageBySubscriber()}. */
  DATA_USAGE_BY_SUBSCRIBER("GET /analytics/data-usage-by-subscriber"),
  /** IoT-X: {@code sessionCount()}. */
  SESSION_COUNT("GET /analytics/session-count"),
  /** IoT-X: {@code subscriberSessionCount(physicalId)}. */
  SUBSCRIBER_SESSION_COUNT("GET /analytics/session-count/{physicalId}"),
  /** IoT-X: {@code dataUsageByNetworkProtocol()}. */
  DATA_USAGE_BY_NETWORK_PROTOCOL("GET /analytics/data-usage-network-protocol"),
  /** IoT-X: {@code dataUsageByIpAddress()}. */
  DATA_USAGE_BY_IP_ADDRESS("GET /analytics/data-usage-ip-address"),
  /** IoT-X: {@code subscriberDataUsageByIpAddress(physicalId)}. */
  SUBSCRIBER_DATA_USAGE_BY_IP_ADDRESS("GET /analytics/data-usage-ip-address/{physicalId}"),

  /** Mason: {@code aggregateAccountUsage()}. */
  AGGREGATE_ACCOUNT_USAGE("GET /beta/{fleet}/data/aggregate/usage"),
  /** Mason: {@code aggregateSimUsage()}, of all SIMs. */
  AGGREGATE_SIMS_USAGE("GET /beta/{fleet}/data/aggregate/usage/sim"),
  /** Mason: {@code aggregateSimUsage(iccid)}. */
  AGGREGATE_SIM_USAGE("GET /beta/{fleet}/data/aggregate/usage/sim/{iccid}"),
  /** Mason: {@code seriesAccountUsage()}. */
  SERIES_ACCOUNT_USAGE("GET /beta/{fleet}/data/series/usage"),
  /** Mason: {@code seriesSimUsage(iccid)}, with both documented paths. */
  SERIES_SIM_USAGE("GET /beta/{fleet}/data/series/usage/sim/{iccid}"),

  /** Alef: {@code report()} and the predefined reports. */
  REPORT("POST /connectivity/v1/report"),

  /** ThingSpace: the access token, which a client requests by itself. */
  TOKEN("POST /ts/v1/oauth2/token"),
  /** ThingSpace: the login, which a client sends by itself. */
  LOGIN("POST /m2m/v1/session/login"),
  /** ThingSpace M2M: {@code usageHistory()}. */
  USAGE_HISTORY("POST /m2m/v1/devices/usage/actions/list"),
  /** ThingSpace Hyper-Precise: {@code sessionReport()}. */
  SESSION_REPORT("POST /hyper-precise/v1/report/sessions");

  private final String template;

  Operation(String template) {
    this.template = template;
  }

  /** {@return verb and path after the base URL, {@code GET /analytics/data-usage/{physicalId}}} */
  public String template() {
    return template;
  }
}
