package io.simtally.alef;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.core.ApiException.Kind;
import io.simtally.core.CallListener;
import io.simtally.core.RetryPolicy;
import io.simtally.core.UsageRecord;
import io.simtally.simulator.Fault;
import io.simtally.simulator.SimulatorServer;
import io.simtally.simulator.alef.AlefSimulator;
import io.simtally.simulator.alef.AlefSubscriber;
import io.simtally.simulator.alef.AlefUsage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Reads simulated fleets through the client. */
class SimulatedFleetTest {
  /** The simulated fleets have usage on the thirty days before this moment. */
  private static final Clock JANUARY =
      Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);

  private static final OffsetDateTime START = OffsetDateTime.parse("2026-01-01T05:30:00+05:30");
  private static final OffsetDateTime END = OffsetDateTime.parse("2026-01-31T05:30:00+05:30");

  @Test
  void readsEveryByteOfAFleetInSpiteOfFaults() {
    var simulator = AlefSimulator.builder().clock(JANUARY).subscribers(40).seed(3).build();
    simulator
        .next(Fault.htmlError(502), Fault.tooManyRequests(), Fault.serverError(500))
        .every(5, Fault.serviceUnavailable(Duration.ZERO))
        .every(7, Fault.cutOffBody())
        .every(11, Fault.disconnect());
    var bytesRead = new AtomicLong();
    var pointsRead = 0L;
    try (var server = simulator.start();
        var client = client(simulator, server, bytesRead)) {
      for (var subscriber : simulator.subscribers()) {
        var report =
            (SeriesReport)
                client
                    .subscriberByteUsage(simulator.accountId(), subscriber.msisdn())
                    .between(START, END)
                    .execute();

        pointsRead += report.result().stream().mapToInt(List::size).sum();
        assertThat(sum(report, Metric.UPLINK_BYTES))
            .isEqualByComparingTo(sum(simulator, subscriber, AlefUsage::uplinkBytes));
        assertThat(sum(report, Metric.DOWNLINK_BYTES))
            .isEqualByComparingTo(sum(simulator, subscriber, AlefUsage::downlinkBytes));
        assertThat(report.usageRecords()).isEqualTo(records(simulator, subscriber));
      }
    }
    var traffic = simulator.traffic();
    assertThat(pointsRead).isPositive().isEqualTo(traffic.rowsServed());
    assertThat(bytesRead.get()).isEqualTo(traffic.bytesServed());
    assertThat(traffic.usageRequests()).isGreaterThan(50);
    assertThat(traffic.refusedRequests()).isZero();
  }

  @Test
  void sumsSingleDaysToTheWholeMonth() {
    var simulator = AlefSimulator.builder().clock(JANUARY).subscribers(3).build();
    try (var server = simulator.start();
        var client = client(simulator, server, new AtomicLong())) {
      for (var subscriber : simulator.subscribers()) {
        var request =
            client
                .subscriberByteUsage(simulator.accountId(), subscriber.msisdn())
                .granularity(Granularity.DAY);
        var days = new ArrayList<UsageRecord>();
        for (var day = START; day.isBefore(END); day = day.plusDays(1)) {
          days.addAll(request.between(day, day.plusDays(1)).execute().usageRecords());
        }

        assertThat(days).isEqualTo(request.between(START, END).execute().usageRecords());
      }
    }
  }

  @Test
  void sendsEveryDocumentedReport() {
    var simulator = AlefSimulator.builder().clock(JANUARY).build();
    var subscriber = simulator.subscribers().get(0);
    var account = simulator.accountId();
    var site = subscriber.siteId();
    try (var server = simulator.start();
        var client = client(simulator, server, new AtomicLong())) {
      var time = (SeriesReport) client.accountTimeUsage(account).between(START, END).execute();
      assertThat(time.series(Metric.TIME_USAGE_SECONDS, Aggregation.COUNT)).hasSize(30);
      var subscribersTime =
          client.subscriberTimeUsage(account, subscriber.msisdn()).between(START, END).execute();
      assertThat(subscribersTime.dimensions()).containsEntry("msisdn", subscriber.msisdn());
      var percentiles =
          (SeriesReport)
              client.siteBandwidthPercentile(account, site, 99.5).between(START, END).execute();
      assertThat(percentiles.percentiles(Metric.UPLINK_BANDWIDTH)).isNotEmpty();
      assertThat(percentiles.percentiles(Metric.DOWNLINK_BANDWIDTH)).isNotEmpty();
      var statistics =
          (SeriesReport)
              client.siteBandwidthStatistics(account, site).between(START, END).execute();
      for (var aggregation : List.of(Aggregation.AVG, Aggregation.MIN, Aggregation.MAX)) {
        assertThat(statistics.series(Metric.UPLINK_BANDWIDTH, aggregation)).isNotEmpty();
        assertThat(statistics.series(Metric.DOWNLINK_BANDWIDTH, aggregation)).isNotEmpty();
      }
      for (var request :
          List.of(
              client.siteBandwidthNow(account, site),
              client.maxBandwidthByImsi(account, subscriber.imsi()),
              client.maxBandwidthByMsisdn(account, subscriber.msisdn()))) {
        var snapshot = (SnapshotReport) request.execute();
        assertThat(snapshot.metric(Metric.UPLINK_BANDWIDTH)).isPresent();
        assertThat(snapshot.metric(Metric.DOWNLINK_BANDWIDTH)).isPresent();
        assertThat(Duration.between(snapshot.startTime(), snapshot.endTime()))
            .isEqualTo(Duration.ofMinutes(5));
      }
      var online =
          client
              .report()
              .window(TimeWindow.NOW)
              .account(account)
              .msisdn(subscriber.msisdn())
              .metric(Metric.UE_ONLINE_STATUS, Aggregation.EXISTS)
              .execute();
      assertThat(online.dimensions()).containsEntry("ue_online_status", "YES");
    }
    assertThat(simulator.traffic().refusedRequests()).isZero();
  }

  @Test
  void reportsARefusedKeyWithoutRepeatingItOrTheRequest() {
    var simulator = AlefSimulator.builder().clock(JANUARY).build();
    try (var server = simulator.start();
        var client =
            AlefConnectivity.builder().baseUrl(server.url()).apiKey("a-wrong-key").build()) {
      var failure =
          AlefService.failureOf(client.accountTimeUsage(simulator.accountId()).between(START, END));

      assertThat(failure.kind()).isEqualTo(Kind.UNAUTHENTICATED);
      assertThat(failure.providerMessage()).contains("invalid request");
      assertThat(failure).hasMessageNotContaining("a-wrong-key");
    }
    assertThat(simulator.traffic().usageRequests()).isEqualTo(1);
  }

  private static AlefConnectivity client(
      AlefSimulator simulator, SimulatorServer server, AtomicLong bytesRead) {
    return AlefConnectivity.builder()
        .baseUrl(server.url())
        .apiKey(simulator.apiKey())
        .retryPolicy(
            RetryPolicy.standard()
                .maxAttempts(8)
                .delays(Duration.ofMillis(1), Duration.ofMillis(2)))
        .listener(
            new CallListener() {
              @Override
              public void callFinished(Finished event) {
                bytesRead.addAndGet(event.responseBytes());
              }
            })
        .build();
  }

  private static BigDecimal sum(SeriesReport report, Metric metric) {
    return report.series(metric, Aggregation.COUNT).stream()
        .map(DataPoint::value)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal sum(
      AlefSimulator simulator,
      AlefSubscriber subscriber,
      Function<AlefUsage, BigDecimal> direction) {
    return usage(simulator, subscriber).stream()
        .map(direction)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /**
   * Returns the expected records, computed from the usage of the fleet instead of from its reports.
   */
  private static List<UsageRecord> records(AlefSimulator simulator, AlefSubscriber subscriber) {
    Map<Instant, List<AlefUsage>> hours = new TreeMap<>();
    for (var usage : usage(simulator, subscriber)) {
      hours
          .computeIfAbsent(
              usage.end().minusMillis(1).truncatedTo(ChronoUnit.HOURS), hour -> new ArrayList<>())
          .add(usage);
    }
    var records = new ArrayList<UsageRecord>();
    hours.forEach(
        (hour, usage) -> {
          var up = rounded(usage, AlefUsage::uplinkBytes);
          var down = rounded(usage, AlefUsage::downlinkBytes);
          records.add(
              new UsageRecord(
                  "alef-connectivity",
                  subscriber.msisdn(),
                  hour,
                  Duration.ofHours(1),
                  up + down,
                  up,
                  down,
                  null));
        });
    return records;
  }

  private static long rounded(List<AlefUsage> usage, Function<AlefUsage, BigDecimal> direction) {
    return usage.stream()
        .map(direction)
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  private static List<AlefUsage> usage(AlefSimulator simulator, AlefSubscriber subscriber) {
    return simulator.usage(subscriber, START.toInstant(), END.toInstant());
  }
}
