package io.simtally.reliability.answers;

import io.simtally.alef.Aggregation;
import io.simtally.alef.Metric;
import io.simtally.alef.TimeWindow;
import io.simtally.thingspace.m2m.DeviceId;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.Function;

/** Every documented call whose answer is read in a way of its own. */
enum Call {
  IOTX_DATA_USAGE(
      clients -> clients.iotx().dataUsage().startDate(Day.START).endDate(Day.END).execute()),
  IOTX_SUBSCRIBER_DATA_USAGE(
      clients ->
          clients
              .iotx()
              .subscriberDataUsage("447500000001")
              .startDate(Day.START)
              .endDate(Day.END)
              .execute()),
  IOTX_DATA_USAGE_BY_SUBSCRIBER(
      clients ->
          clients.iotx().dataUsageBySubscriber().startDate(Day.START).endDate(Day.END).execute()),
  IOTX_SESSION_COUNT(
      clients -> clients.iotx().sessionCount().startDate(Day.START).endDate(Day.END).execute()),
  IOTX_SUBSCRIBER_SESSION_COUNT(
      clients ->
          clients
              .iotx()
              .subscriberSessionCount("447500000001")
              .startDate(Day.START)
              .endDate(Day.END)
              .execute()),
  IOTX_DATA_USAGE_BY_NETWORK_PROTOCOL(
      clients ->
          clients
              .iotx()
              .dataUsageByNetworkProtocol()
              .startDate(Day.START)
              .endDate(Day.END)
              .execute()),
  IOTX_DATA_USAGE_BY_IP_ADDRESS(
      clients ->
          clients.iotx().dataUsageByIpAddress().startDate(Day.START).endDate(Day.END).execute()),
  IOTX_SUBSCRIBER_DATA_USAGE_BY_IP_ADDRESS(
      clients ->
          clients
              .iotx()
              .subscriberDataUsageByIpAddress("447500000001")
              .startDate(Day.START)
              .endDate(Day.END)
              .execute()),

  MASON_AGGREGATE_ACCOUNT(
      clients -> clients.mason().aggregateAccountUsage().date(Day.START).execute()),
  MASON_AGGREGATE_SIMS(clients -> clients.mason().aggregateSimUsage().date(Day.START).execute()),
  MASON_AGGREGATE_SIM(
      clients ->
          clients.mason().aggregateSimUsage("89011000000000000001").date(Day.START).execute()),
  MASON_SERIES_ACCOUNT(
      clients -> clients.mason().seriesAccountUsage().start(Day.START).end(Day.END).execute()),
  MASON_SERIES_SIM(
      clients ->
          clients
              .mason()
              .seriesSimUsage("89011000000000000001")
              .start(Day.START)
              .end(Day.END)
              .execute()),

  ALEF_ACCOUNT_TIME_USAGE(
      clients -> clients.alef().accountTimeUsage("62c4").between(Day.START, Day.END).execute()),
  ALEF_SUBSCRIBER_TIME_USAGE(
      clients ->
          clients
              .alef()
              .subscriberTimeUsage("62c4", "8020010012345")
              .between(Day.START, Day.END)
              .execute()),
  ALEF_SUBSCRIBER_BYTE_USAGE(
      clients ->
          clients
              .alef()
              .subscriberByteUsage("62c4", "8020010012345")
              .between(Day.START, Day.END)
              .execute()),
  ALEF_SITE_BANDWIDTH_NOW(clients -> clients.alef().siteBandwidthNow("62c4", "site").execute()),
  ALEF_SITE_BANDWIDTH_PERCENTILE(
      clients ->
          clients
              .alef()
              .siteBandwidthPercentile("62c4", "site", 0.95)
              .between(Day.START, Day.END)
              .execute()),
  ALEF_MAX_BANDWIDTH_BY_IMSI(
      clients -> clients.alef().maxBandwidthByImsi("62c4", "310550000010232").execute()),
  ALEF_MAX_BANDWIDTH_BY_MSISDN(
      clients -> clients.alef().maxBandwidthByMsisdn("62c4", "8120012300987").execute()),
  ALEF_SITE_BANDWIDTH_STATISTICS(
      clients ->
          clients
              .alef()
              .siteBandwidthStatistics("62c4", "site")
              .between(Day.START, Day.END)
              .execute()),
  ALEF_BYTES_NOW(
      clients ->
          clients
              .alef()
              .report()
              .account("62c4")
              .metric(Metric.UPLINK_BYTES, Aggregation.COUNT)
              .metric(Metric.UE_ONLINE_STATUS, Aggregation.COUNT)
              .window(TimeWindow.NOW)
              .execute()),

  M2M_USAGE_BY_DEVICE(
      clients ->
          clients
              .m2m()
              .usageHistory()
              .device(DeviceId.iccid("89148000000800139708"))
              .earliest(Day.START.toInstant())
              .latest(Day.END.toInstant())
              .execute()),
  M2M_USAGE_BY_LABEL(
      clients ->
          clients
              .m2m()
              .usageHistory()
              .label("Plan", "Bronze")
              .earliest(Day.START.toInstant())
              .latest(Day.END.toInstant())
              .execute()),

  HYPER_PRECISE_SESSION_REPORT(
      clients ->
          clients
              .hyperPrecise()
              .sessionReport()
              .accountNumber("0844021539-00001")
              .imei("709312034493372")
              .execute());

  private final Function<Clients, Object> execution;

  Call(Function<Clients, Object> execution) {
    this.execution = execution;
  }

  /** The typed answer. */
  Object execute(Clients clients) {
    return execution.apply(clients);
  }

  /** What is asked for; constants of the enum itself would come too late. */
  private static final class Day {
    static final OffsetDateTime START = OffsetDateTime.of(2022, 7, 7, 0, 0, 0, 0, ZoneOffset.UTC);
    static final OffsetDateTime END = START.plusDays(1);

    private Day() {}
  }
}
