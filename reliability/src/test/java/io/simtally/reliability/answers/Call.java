package io.simtally.reliability.answers;

import io.simtally.alef.Aggregation;
import io.simtally.alef.AlefConnectivity;
import io.simtally.alef.Metric;
import io.simtally.alef.TimeWindow;
import io.simtally.core.ApiRequest;
import io.simtally.iotx.IotxAnalytics;
import io.simtally.mason.MasonUsage;
import io.simtally.thingspace.hyperprecise.ThingSpaceHyperPrecise;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The documented calls, one for each decoder, with the sample responses of the provider's page. */
enum Call {
  IOTX_DATA_USAGE(
      IotxAnalytics.class,
      iotx -> iotx.dataUsage().startDate(Day.START).endDate(Day.END),
      "iotx/data-usage.json"),
  IOTX_SUBSCRIBER_DATA_USAGE(
      IotxAnalytics.class,
      iotx -> iotx.subscriberDataUsage("447500000001").startDate(Day.START).endDate(Day.END),
      "iotx/subscriber-data-usage.json"),
  IOTX_DATA_USAGE_BY_SUBSCRIBER(
      IotxAnalytics.class,
      iotx -> iotx.dataUsageBySubscriber().startDate(Day.START).endDate(Day.END),
      "iotx/data-usage-by-subscriber.json"),
  IOTX_SESSION_COUNT(
      IotxAnalytics.class,
      iotx -> iotx.sessionCount().startDate(Day.START).endDate(Day.END),
      "iotx/session-count.json"),
  IOTX_SUBSCRIBER_SESSION_COUNT(
      IotxAnalytics.class,
      iotx -> iotx.subscriberSessionCount("447500000001").startDate(Day.START).endDate(Day.END),
      "iotx/subscriber-session-count.json"),
  IOTX_DATA_USAGE_BY_NETWORK_PROTOCOL(
      IotxAnalytics.class,
      iotx -> iotx.dataUsageByNetworkProtocol().startDate(Day.START).endDate(Day.END),
      "iotx/data-usage-network-protocol.json"),
  IOTX_DATA_USAGE_BY_IP_ADDRESS(
      IotxAnalytics.class,
      iotx -> iotx.dataUsageByIpAddress().startDate(Day.START).endDate(Day.END),
      "iotx/data-usage-ip-address.json",
      "iotx/damaged-last-seen.json"),
  IOTX_SUBSCRIBER_DATA_USAGE_BY_IP_ADDRESS(
      IotxAnalytics.class,
      iotx ->
          iotx.subscriberDataUsageByIpAddress("447500000001").startDate(Day.START).endDate(Day.END),
      "iotx/subscriber-data-usage-ip-address.json"),

  MASON_AGGREGATE_ACCOUNT(
      MasonUsage.class,
      mason -> mason.aggregateAccountUsage().date(Day.START),
      "mason/aggregate-account.json",
      "mason/aggregate-account-by-marker.json"),
  MASON_AGGREGATE_SIMS(
      MasonUsage.class,
      mason -> mason.aggregateSimUsage().date(Day.START),
      "mason/aggregate-sims.json",
      "mason/aggregate-sims-by-marker.json"),
  MASON_AGGREGATE_SIM(
      MasonUsage.class,
      mason -> mason.aggregateSimUsage("89011000000000000001").date(Day.START),
      "mason/aggregate-sim.json",
      "mason/aggregate-sim-by-marker.json"),
  MASON_SERIES_ACCOUNT(
      MasonUsage.class,
      mason -> mason.seriesAccountUsage().start(Day.START).end(Day.END),
      "mason/series-account.json",
      "mason/series-account-with-marker.json"),
  MASON_SERIES_SIM(
      MasonUsage.class,
      mason -> mason.seriesSimUsage("89011000000000000001").start(Day.START).end(Day.END),
      "mason/series-sim.json",
      "mason/series-sim-with-marker.json"),

  ALEF_ACCOUNT_TIME_USAGE(
      AlefConnectivity.class,
      alef -> alef.accountTimeUsage("62c4").between(Day.START, Day.END),
      "alef/account-time-usage.response.json"),
  ALEF_SUBSCRIBER_TIME_USAGE(
      AlefConnectivity.class,
      alef -> alef.subscriberTimeUsage("62c4", "8020010012345").between(Day.START, Day.END),
      "alef/subscriber-time-usage.response.json"),
  ALEF_SUBSCRIBER_BYTE_USAGE(
      AlefConnectivity.class,
      alef -> alef.subscriberByteUsage("62c4", "8020010012345").between(Day.START, Day.END),
      "alef/subscriber-byte-usage.response.json"),
  ALEF_SITE_BANDWIDTH_NOW(
      AlefConnectivity.class,
      alef -> alef.siteBandwidthNow("62c4", "site"),
      "alef/site-bandwidth-now.response.json"),
  ALEF_SITE_BANDWIDTH_PERCENTILE(
      AlefConnectivity.class,
      alef -> alef.siteBandwidthPercentile("62c4", "site", 0.95).between(Day.START, Day.END),
      "alef/site-bandwidth-percentile.response.json"),
  ALEF_MAX_BANDWIDTH_BY_IMSI(
      AlefConnectivity.class,
      alef -> alef.maxBandwidthByImsi("62c4", "310550000010232"),
      "alef/max-bandwidth-by-imsi.response.json"),
  ALEF_MAX_BANDWIDTH_BY_MSISDN(
      AlefConnectivity.class,
      alef -> alef.maxBandwidthByMsisdn("62c4", "8120012300987"),
      "alef/max-bandwidth-by-msisdn.response.json"),
  ALEF_SITE_BANDWIDTH_STATISTICS(
      AlefConnectivity.class,
      alef -> alef.siteBandwidthStatistics("62c4", "site").between(Day.START, Day.END),
      "alef/site-bandwidth-statistics.response.json"),
  ALEF_BYTES_NOW(
      AlefConnectivity.class,
      alef ->
          alef.report()
              .account("62c4")
              .metric(Metric.UPLINK_BYTES, Aggregation.COUNT)
              .metric(Metric.UE_ONLINE_STATUS, Aggregation.COUNT)
              .window(TimeWindow.NOW)),

  M2M_USAGE_BY_DEVICE(
      ThingSpaceM2m.class,
      m2m ->
          m2m.usageHistory()
              .device(DeviceId.iccid("89148000000800139708"))
              .earliest(Day.START.toInstant())
              .latest(Day.END.toInstant()),
      "thingspace-m2m/usage-by-device.response.json"),
  M2M_USAGE_BY_LABEL(
      ThingSpaceM2m.class,
      m2m ->
          m2m.usageHistory()
              .label("Plan", "Bronze")
              .earliest(Day.START.toInstant())
              .latest(Day.END.toInstant()),
      "thingspace-m2m/usage-by-label.response.json"),

  HYPER_PRECISE_SESSION_REPORT(
      ThingSpaceHyperPrecise.class,
      hyperPrecise ->
          hyperPrecise.sessionReport().accountNumber("0844021539-00001").imei("709312034493372"),
      "thingspace-hyperprecise/session-report.response.json");

  private final Function<Clients, ApiRequest<?, ?>> request;
  private final List<String> samples;

  <C extends AutoCloseable> Call(
      Class<C> client, Function<C, ApiRequest<?, ?>> request, String... samples) {
    this.request = clients -> request.apply(clients.get(client));
    this.samples = List.of(samples);
  }

  /** Executes the call and returns the typed response. */
  Object execute(Clients clients) {
    return request.apply(clients).execute();
  }

  Stream<Sample> samples() {
    return samples.stream().map(file -> new Sample(file, this));
  }

  /** The requested day; constants of the enum itself would be initialized too late. */
  private static final class Day {
    static final OffsetDateTime START = OffsetDateTime.of(2022, 7, 7, 0, 0, 0, 0, ZoneOffset.UTC);
    static final OffsetDateTime END = START.plusDays(1);

    private Day() {}
  }
}
