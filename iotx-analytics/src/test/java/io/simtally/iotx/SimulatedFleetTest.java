package io.simtally.iotx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.RetryPolicy;
import io.simtally.core.UsageRecord;
import io.simtally.simulator.Fault;
import io.simtally.simulator.SimulatorServer;
import io.simtally.simulator.iotx.IotxShape;
import io.simtally.simulator.iotx.IotxSimulator;
import io.simtally.simulator.iotx.IotxSubscriber;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads whole fleets through the client, from a server that refuses undocumented requests. */
class SimulatedFleetTest {
  /** The simulated fleets have usage on the thirty days before this moment. */
  private static final Clock JANUARY =
      Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);

  private static final int SUBSCRIBERS = 300;
  private static final int CONCURRENCY = 8;
  private static final OffsetDateTime START = OffsetDateTime.parse("2026-01-01T00:00:00Z");
  private static final OffsetDateTime END = OffsetDateTime.parse("2026-01-31T00:00:00Z");

  @ParameterizedTest
  @EnumSource
  void countsEveryByteOnceInSpiteOfFaults(IotxShape shape) {
    var simulator =
        IotxSimulator.builder()
            .clock(JANUARY)
            .subscribers(SUBSCRIBERS)
            .seed(7)
            .shape(shape)
            .build();
    simulator
        .every(11, Fault.serviceUnavailable())
        .every(13, Fault.cutOffBody())
        .every(17, Fault.disconnect())
        .every(19, Fault.tooManyRequests(Duration.ZERO))
        .every(23, Fault.htmlError(502));
    try (var server = simulator.start();
        var client = client(server, simulator)) {
      // One thread: a call that sees two expired tokens would fail correctly.
      var usage = new HashMap<IotxSubscriber, List<DataUsageByDirection>>();
      for (var part :
          List.of(
              simulator.subscribers().subList(0, 200),
              simulator.subscribers().subList(200, SUBSCRIBERS))) {
        simulator.next(Fault.expiredToken());
        usage.putAll(usageOfEach(client, part));
      }

      var traffic = simulator.traffic();
      assertThat(usage).hasSize(SUBSCRIBERS);
      assertThat(
              usage.values().stream()
                  .flatMap(List::stream)
                  .mapToLong(one -> one.mobileOriginated().size() + one.mobileTerminated().size())
                  .sum())
          .isEqualTo(traffic.rowsServed());
      assertThat(traffic.usageRequests()).isGreaterThan(SUBSCRIBERS);
      assertThat(traffic.unknownRequests()).isZero();
      assertThat(traffic.tokensIssued()).isEqualTo(3);
      assertThat(traffic.refusedRequests())
          .as("only those that carried an expired token")
          .isBetween(2L, 2L * CONCURRENCY);

      // The breakdown by subscriber counts the same bytes under another name.
      var bySubscriber = request(client).execute();
      var records = bySubscriber.usageRecords(START, END);
      assertThat(totals(records)).isEqualTo(totals(records(usage, simulator)));
      assertThat(bySubscriber.totalDataUsage()).isEqualTo(sum(records));
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsTheSameCompanyFromEverySide(IotxShape shape) {
    var simulator = IotxSimulator.builder().clock(JANUARY).subscribers(60).shape(shape).build();
    try (var server = simulator.start();
        var client = client(server, simulator)) {
      var byDirection = client.dataUsage().startDate(START).endDate(END).execute();
      var byProtocol = client.dataUsageByNetworkProtocol().startDate(START).endDate(END).execute();
      var byAddress = client.dataUsageByIpAddress().startDate(START).endDate(END).execute();
      var sessions = client.sessionCount().startDate(START).endDate(END).execute();

      var records = byDirection.get(0).usageRecords("company");
      assertThat(byDirection).hasSize(1);
      assertThat(byProtocol.usageRecords("company"))
          .extracting(UsageRecord::start, UsageRecord::totalBytes)
          .containsExactlyElementsOf(
              records.stream().map(one -> tuple(one.start(), one.totalBytes())).toList());
      assertThat(sum(byAddress.get(0).usageRecords("company", START, END)))
          .isEqualTo(sum(records))
          .isEqualTo(byAddress.get(0).totalData());
      assertThat(byAddress.get(0).dataUsageByIp().values())
          .allMatch(address -> address.lastSeenAt().isPresent());
      assertThat(sessions.content()).hasSameSizeAs(records);
      assertThat(simulator.traffic().refusedRequests()).isZero();
    }
  }

  @Test
  void readsOneSubscriberFromEverySide() {
    var simulator = IotxSimulator.builder().clock(JANUARY).build();
    var physicalId = simulator.subscribers().get(7).physicalId();
    try (var server = simulator.start();
        var client = client(server, simulator)) {
      var usage = client.subscriberDataUsage(physicalId).startDate(START).endDate(END).execute();
      var addresses =
          client.subscriberDataUsageByIpAddress(physicalId).startDate(START).endDate(END).execute();
      var sessions =
          client.subscriberSessionCount(physicalId).startDate(START).endDate(END).execute();

      assertThat(sum(addresses.get(0).usageRecords(physicalId, START, END)))
          .isEqualTo(sum(usage.get(0).usageRecords(physicalId)));
      assertThat(sessions).hasSize(1);
      assertThat(sessions.get(0).content().keySet())
          .isEqualTo(usage.get(0).mobileOriginated().keySet());
      assertThat(simulator.traffic().refusedRequests()).isZero();
    }
  }

  @Test
  void reportsTheDocumentedErrors() {
    var simulator = IotxSimulator.builder().clock(JANUARY).build();
    try (var server = simulator.start();
        var client = client(server, simulator);
        var stranger =
            IotxAnalytics.builder().baseUrl(server.url()).token("of another company").build()) {
      var unknown = client.subscriberDataUsage("no-such").startDate(START).endDate(END);
      var refused = stranger.dataUsage().startDate(START).endDate(END);

      assertThat(catchThrowableOfType(ApiException.class, unknown::execute))
          .returns(Kind.NOT_FOUND, ApiException::kind)
          .returns("NOT_FOUND", ApiException::code)
          .returns("The subscriber was not found.", ApiException::providerMessage);
      assertThat(catchThrowableOfType(ApiException.class, refused::execute))
          .returns(Kind.UNAUTHENTICATED, ApiException::kind)
          .returns(1, ApiException::attempts);
    }
  }

  private static Map<IotxSubscriber, List<DataUsageByDirection>> usageOfEach(
      IotxAnalytics client, List<IotxSubscriber> subscribers) {
    var pending = new HashMap<IotxSubscriber, CompletableFuture<List<DataUsageByDirection>>>();
    for (var subscriber : subscribers) {
      pending.put(
          subscriber,
          client
              .subscriberDataUsage(subscriber.physicalId())
              .startDate(START)
              .endDate(END)
              .executeAsync());
    }
    var usage = new HashMap<IotxSubscriber, List<DataUsageByDirection>>();
    pending.forEach((subscriber, answer) -> usage.put(subscriber, answer.join()));
    return usage;
  }

  private static List<UsageRecord> records(
      Map<IotxSubscriber, List<DataUsageByDirection>> usage, IotxSimulator simulator) {
    return simulator.subscribers().stream()
        .flatMap(
            subscriber ->
                usage.get(subscriber).stream()
                    .flatMap(one -> one.usageRecords(subscriber.msisdn()).stream()))
        .toList();
  }

  /** Bytes by subject. */
  private static Map<String, Long> totals(List<UsageRecord> records) {
    return records.stream()
        .collect(
            Collectors.groupingBy(
                UsageRecord::subject, Collectors.summingLong(UsageRecord::totalBytes)));
  }

  private static long sum(List<UsageRecord> records) {
    return records.stream().mapToLong(UsageRecord::totalBytes).sum();
  }

  private static DataUsageBySubscriberRequest request(IotxAnalytics client) {
    return client.dataUsageBySubscriber().startDate(START).endDate(END);
  }

  private static IotxAnalytics client(SimulatorServer server, IotxSimulator simulator) {
    return IotxAnalytics.builder()
        .baseUrl(server.url())
        .tokenSource(simulator::issueToken)
        .concurrency(CONCURRENCY)
        .retryPolicy(
            RetryPolicy.standard()
                .maxAttempts(10)
                .delays(Duration.ofMillis(1), Duration.ofMillis(1)))
        .build();
  }
}
