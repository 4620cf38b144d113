package io.simtally.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.alef.Aggregation;
import io.simtally.alef.AlefConnectivity;
import io.simtally.alef.Granularity;
import io.simtally.alef.Metric;
import io.simtally.alef.Report;
import io.simtally.alef.SeriesReport;
import io.simtally.alef.SnapshotReport;
import io.simtally.alef.TimeWindow;
import io.simtally.core.ApiResponse;
import io.simtally.core.UsageRecord;
import io.simtally.iotx.DataUsageByDirection;
import io.simtally.iotx.DataUsageByIpAddress;
import io.simtally.iotx.DataUsageByNetworkProtocol;
import io.simtally.iotx.DataUsageBySubscriber;
import io.simtally.iotx.IotxAnalytics;
import io.simtally.iotx.SessionCount;
import io.simtally.mason.AggregateUsage;
import io.simtally.mason.AggregateUsageRequest;
import io.simtally.mason.MarkerKey;
import io.simtally.mason.MasonUsage;
import io.simtally.mason.SeriesUsageRequest;
import io.simtally.mason.SortDirection;
import io.simtally.mason.Usage;
import io.simtally.mason.UsageColumn;
import io.simtally.mason.UsagePage;
import io.simtally.simulator.alef.AlefSimulator;
import io.simtally.simulator.alef.AlefSubscriber;
import io.simtally.simulator.iotx.IotxSimulator;
import io.simtally.simulator.junit.SimtallyExtension;
import io.simtally.simulator.mason.MasonSimulator;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import io.simtally.thingspace.hyperprecise.Session;
import io.simtally.thingspace.hyperprecise.SessionReport;
import io.simtally.thingspace.hyperprecise.ThingSpaceHyperPrecise;
import io.simtally.thingspace.m2m.DailyUsage;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import io.simtally.thingspace.m2m.UsageHistory;
import io.simtally.thingspace.m2m.UsageHistoryRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs each call as the site's page of its provider shows it. */
@ExtendWith(SimtallyExtension.class)
final class CallsTest {
  private static final OffsetDateTime TODAY =
      OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS);

  @Test
  void iotx(IotxSimulator simulator, IotxAnalytics iotx) {
    String physicalId = simulator.subscribers().get(0).physicalId();
    // #region iotx
    OffsetDateTime start = TODAY.minusDays(7);
    // IoT-X does not document whether the end is included: 23:59:59 is correct in both cases.
    OffsetDateTime end = TODAY.minusSeconds(1);

    DataUsageBySubscriber bySubscriber =
        iotx.dataUsageBySubscriber().startDate(start).endDate(end).execute();
    List<DataUsageByDirection> company = iotx.dataUsage().startDate(start).endDate(end).execute();
    List<DataUsageByDirection> one =
        iotx.subscriberDataUsage(physicalId).startDate(start).endDate(end).execute();
    DataUsageByNetworkProtocol byProtocol =
        iotx.dataUsageByNetworkProtocol().startDate(start).endDate(end).execute();
    List<DataUsageByIpAddress> byAddress =
        iotx.dataUsageByIpAddress().startDate(start).endDate(end).execute();
    List<DataUsageByIpAddress> addressesOfOne =
        iotx.subscriberDataUsageByIpAddress(physicalId).startDate(start).endDate(end).execute();
    SessionCount sessions = iotx.sessionCount().startDate(start).endDate(end).execute();
    List<SessionCount> sessionsOfOne =
        iotx.subscriberSessionCount(physicalId).startDate(start).endDate(end).execute();

    List<UsageRecord> records = bySubscriber.usageRecords(start, end);
    // #endregion iotx
    assertThat(records).isNotEmpty();
    assertThat(company).isNotEmpty();
    assertThat(one).isNotEmpty();
    assertThat(byProtocol.content()).isNotEmpty();
    assertThat(byAddress).isNotEmpty();
    assertThat(addressesOfOne).isNotEmpty();
    assertThat(sessions.content()).isNotEmpty();
    assertThat(sessionsOfOne).isNotEmpty();
  }

  @Test
  void mason(MasonSimulator simulator, MasonUsage mason) {
    String iccid = simulator.iccids().get(0);
    // #region mason
    YearMonth month = YearMonth.from(TODAY.minusDays(15));

    AggregateUsageRequest account = mason.aggregateAccountUsage().month(month);
    AggregateUsageRequest allSims =
        mason
            .aggregateSimUsage()
            .month(month)
            .sortBy(UsageColumn.TOTAL, SortDirection.DESCENDING)
            .limit(100);
    AggregateUsageRequest oneSim = mason.aggregateSimUsage(iccid).month(month);
    SeriesUsageRequest accountByDay =
        mason.seriesAccountUsage().start(TODAY.minusDays(7)).end(TODAY);
    SeriesUsageRequest simByDay = mason.seriesSimUsage(iccid).start(TODAY.minusDays(7)).end(TODAY);

    for (AggregateUsage sim : allSims) { // one row for each SIM, over all pages
      System.out.println(sim.sim().iccid() + " " + sim.usage().total() + " bytes");
    }
    long bytes = simByDay.stream().mapToLong(Usage::total).sum();
    // #endregion mason
    assertThat(account).isNotEmpty();
    assertThat(allSims).hasSize(simulator.iccids().size());
    assertThat(oneSim).hasSize(1);
    assertThat(accountByDay).isNotEmpty();
    assertThat(bytes).isPositive();
  }

  @Test
  void masonByMarker(MasonSimulator simulator, MasonUsage mason) {
    // #region mason-marker
    for (AggregateUsage row :
        mason.aggregateSimUsage().month(YearMonth.from(TODAY)).marker(MarkerKey.CARRIER)) {
      System.out.println(row.marker() + " " + row.usage().total() + " bytes");
    }
    // #endregion mason-marker
    assertThat(simulator.calls()).hasSize(1);
  }

  @Test
  void alef(AlefSimulator simulator, AlefConnectivity alef) {
    String account = simulator.accountId();
    AlefSubscriber subscriber = simulator.subscribers().get(0);
    String msisdn = subscriber.msisdn();
    String imsi = subscriber.imsi();
    String site = subscriber.siteId();
    // #region alef
    Report bytes =
        alef.subscriberByteUsage(account, msisdn)
            .granularity(Granularity.DAY)
            .between(TODAY.minusDays(7), TODAY)
            .execute();
    Report time = alef.subscriberTimeUsage(account, msisdn).window(TimeWindow.LAST_WEEK).execute();
    Report accountTime = alef.accountTimeUsage(account).window(TimeWindow.LAST_WEEK).execute();
    Report now = alef.siteBandwidthNow(account, site).execute();
    Report percentile =
        alef.siteBandwidthPercentile(account, site, 95).window(TimeWindow.LAST_DAY).execute();
    Report statistics =
        alef.siteBandwidthStatistics(account, site).window(TimeWindow.LAST_DAY).execute();
    Report byImsi = alef.maxBandwidthByImsi(account, imsi).execute();
    Report byMsisdn = alef.maxBandwidthByMsisdn(account, msisdn).execute();

    bytes.usageRecords().forEach(day -> System.out.println(day.start() + " " + day.totalBytes()));
    // #endregion alef
    assertThat(List.of(time, accountTime, now, percentile, statistics, byImsi, byMsisdn))
        .hasSize(7);
    assertThat(bytes).isInstanceOf(SeriesReport.class);
    assertThat(now).isInstanceOf(SnapshotReport.class);
  }

  @Test
  void alefReportOfYourOwn(AlefSimulator simulator, AlefConnectivity alef) {
    String account = simulator.accountId();
    String msisdn = simulator.subscribers().get(0).msisdn();
    // #region alef-report
    Report report =
        alef.report()
            .account(account)
            .msisdn(msisdn)
            .metric(Metric.UPLINK_BYTES, Aggregation.COUNT)
            .metric(Metric.DOWNLINK_BYTES, Aggregation.COUNT)
            .granularity(Granularity.DAY)
            .window(TimeWindow.LAST_WEEK)
            .execute();
    if (report instanceof SeriesReport series) {
      series
          .series(Metric.UPLINK_BYTES, Aggregation.COUNT)
          .forEach(point -> System.out.println(point.timeStamp() + " " + point.value()));
    }
    // #endregion alef-report
    assertThat(report).isInstanceOf(SeriesReport.class);
  }

  @Test
  void thingSpaceM2m(ThingSpaceSimulator simulator, ThingSpaceM2m thingSpace) {
    String iccid = simulator.devices().get(0).idOf("iccid");
    // #region m2m
    UsageHistoryRequest lastWeek =
        thingSpace
            .usageHistory()
            .device(DeviceId.iccid(iccid)) // or .imei, .eid, .mdn …, or .label(name, value)
            .earliest(Instant.now().minus(Duration.ofDays(7)))
            .latest(Instant.now());

    for (DailyUsage day : lastWeek) { // all pages
      System.out.println(
          day.timestamp().toLocalDate() + " " + day.bytesUsed() + " " + day.smsUsed());
    }
    UsageHistory firstPage = lastWeek.execute();
    List<UsageRecord> records = firstPage.usageRecords();
    // #endregion m2m
    assertThat(records).isNotEmpty();
  }

  @Test
  void thingSpaceHyperPrecise(ThingSpaceSimulator simulator, ThingSpaceHyperPrecise hyperPrecise) {
    String account = simulator.accountNumber();
    String imei = simulator.devices().get(0).idOf("imei");
    // #region hyper-precise
    SessionReport report =
        hyperPrecise
            .sessionReport()
            .accountNumber(account)
            .imei(imei)
            .startDate(Instant.now().minus(Duration.ofDays(30))) // the last two may be left out
            .endDate(Instant.now())
            .execute();
    for (Session session : report.sessions()) {
      System.out.println(session.startTime() + " " + session.numBytes() + " bytes");
    }
    // #endregion hyper-precise
    assertThat(report.sessions()).isNotEmpty();
  }

  @Test
  void asynchronous(ThingSpaceSimulator simulator, ThingSpaceM2m thingSpace) {
    UsageHistoryRequest request =
        thingSpace
            .usageHistory()
            .device(DeviceId.iccid(simulator.devices().get(0).idOf("iccid")))
            .earliest(Instant.now().minus(Duration.ofDays(7)))
            .latest(Instant.now());
    List<DailyUsage> rows = new ArrayList<>();
    // #region async
    CompletableFuture<UsageHistory> onePage = request.executeAsync();
    CompletableFuture<Integer> status =
        request.executeWithResponseAsync().thenApply(response -> response.status());
    CompletableFuture<Void> allRows = request.forEachAsync(rows::add);

    CompletableFuture.allOf(onePage, status, allRows).join();
    // #endregion async
    assertThat(rows).isEqualTo(onePage.join().usageHistory());
    assertThat(status.join()).isEqualTo(200);
  }

  @Test
  void oneRequestAndOneClientApart(MasonSimulator simulator, MasonUsage mason) {
    String iccid = simulator.iccids().get(0);
    // #region apart
    ApiResponse<UsagePage> response =
        mason
            .seriesSimUsage(iccid)
            .start(TODAY.minusDays(7))
            .end(TODAY)
            .header("X-Request-Id", "nightly-7")
            .keepBody() // unchanged, for your own archive
            .executeWithResponse();
    String body = response.body();

    try (MasonUsage patient = mason.toBuilder().timeout(Duration.ofMinutes(5)).build()) {
      patient.aggregateSimUsage().month(YearMonth.from(TODAY)).execute(); // on the same connections
    }
    // #endregion apart
    assertThat(body).contains("data");
    assertThat(simulator.calls()).hasSize(2);
  }
}
