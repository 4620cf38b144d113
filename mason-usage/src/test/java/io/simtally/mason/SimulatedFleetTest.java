package io.simtally.mason;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.core.ApiException.Kind;
import io.simtally.core.PageCursor;
import io.simtally.core.RetryPolicy;
import io.simtally.core.UsageRecord;
import io.simtally.simulator.Fault;
import io.simtally.simulator.SimulatorServer;
import io.simtally.simulator.mason.MasonDay;
import io.simtally.simulator.mason.MasonSimulator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Reads simulated fleets through the client and compares the rows with the simulator's. */
class SimulatedFleetTest {
  /** The simulated fleets have usage on the thirty days before this moment. */
  private static final Clock END_OF_JANUARY =
      Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);

  private static final YearMonth JANUARY = YearMonth.of(2026, 1);
  private static final OffsetDateTime START = OffsetDateTime.parse("2026-01-01T00:00:00Z");
  private static final OffsetDateTime END = OffsetDateTime.parse("2026-02-01T00:00:00Z");
  private static final RetryPolicy PATIENT =
      RetryPolicy.standard().maxAttempts(6).delays(Duration.ofMillis(1), Duration.ofMillis(2));

  private final MasonSimulator simulator =
      MasonSimulator.builder()
          .clock(END_OF_JANUARY)
          .sims(1_234)
          .seed(42)
          .fleet("cold chain")
          .pageSize(50)
          .build();
  @AutoClose private final SimulatorServer server = simulator.start();
  @AutoClose private final MasonUsage client = client(simulator.apiKey()).build();

  @Test
  void readsEveryRowOfAFleetOnceInSpiteOfFaults() {
    simulator
        .every(4, Fault.serviceUnavailable())
        .every(5, Fault.cutOffBody())
        .every(7, Fault.tooManyRequests(Duration.ZERO))
        .every(9, Fault.disconnect());

    var rows = client.aggregateSimUsage().month(JANUARY).limit(20).stream().toList();

    assertThat(rows)
        .extracting(row -> row.sim().iccid())
        .containsExactlyInAnyOrderElementsOf(simulator.iccids());
    assertThat(rows)
        .extracting(AggregateUsage::usage)
        .isSortedAccordingTo(Comparator.comparing(Usage::total).reversed());
    assertThat(simulator.traffic().rowsServed()).isEqualTo(1_234);
    assertThat(simulator.traffic().refusedRequests()).isZero();
    assertThat(simulator.traffic().usageRequests()).isGreaterThan((1_234 + 19) / 20);
  }

  @Test
  void readsTheSameUsageByEveryCall() {
    simulator.every(3, Fault.cutOffBody());

    var sims = client.aggregateSimUsage().month(JANUARY).stream().toList();
    var account = client.aggregateAccountUsage().month(JANUARY).execute().items();
    var days = client.seriesAccountUsage().start(START).end(END).limit(7).stream().toList();

    assertThat(account).hasSize(1);
    assertThat(sims.stream().mapToLong(row -> row.usage().total()).sum())
        .isEqualTo(account.get(0).usage().total());
    assertThat(days).hasSize(30);
    assertThat(days.stream().mapToLong(Usage::upload).sum())
        .isEqualTo(account.get(0).usage().upload());
    assertThat(simulator.traffic().rowsServed()).isEqualTo(sims.size() + 1 + 30);
    for (var sim : sims.subList(0, 10)) {
      var iccid = sim.sim().iccid();
      assertThat(client.aggregateSimUsage(iccid).month(JANUARY)).containsExactly(sim);
      assertThat(
              client.seriesSimUsage(iccid).start(START).end(END).stream()
                  .map(day -> day.dailyUsageRecord(iccid))
                  .mapToLong(UsageRecord::totalBytes)
                  .sum())
          .isEqualTo(sim.usageRecord().totalBytes());
    }
  }

  @Test
  void readsTheSeriesOfASimAtBothPaths() {
    try (var shortPath = client(simulator.apiKey()).shortSeriesSimPath().build()) {
      var iccid = simulator.iccids().get(100);

      assertThat(shortPath.seriesSimUsage(iccid).start(START).end(END))
          .isNotEmpty()
          .containsExactlyElementsOf(client.seriesSimUsage(iccid).start(START).end(END));
    }
  }

  @Test
  void readsTheGroupsOfAMarker() {
    var types =
        client.aggregateAccountUsage().month(JANUARY).marker(MarkerKey.DEVICE_TYPE).stream()
            .toList();
    var sims =
        client.aggregateSimUsage().month(JANUARY).marker(MarkerKey.DEVICE_TYPE).stream().toList();

    assertThat(sims).filteredOn(row -> row.marker() == null).isNotEmpty();
    assertThat(types)
        .isNotEmpty()
        .allSatisfy(
            type ->
                assertThat(
                        sims.stream()
                            .filter(row -> type.marker().equals(row.marker()))
                            .mapToLong(row -> row.usage().total())
                            .sum())
                    .isEqualTo(type.usage().total()));
    var first = types.get(0).marker().value();
    assertThat(
            client
                .seriesAccountUsage()
                .start(START)
                .end(END)
                .marker(MarkerKey.DEVICE_TYPE, first)
                .stream()
                .mapToLong(Usage::total)
                .sum())
        .isEqualTo(types.get(0).usage().total());
  }

  @Test
  void resumesFromTheTextOfACursor() {
    var whole =
        client
            .aggregateSimUsage()
            .month(JANUARY)
            .sortBy(UsageColumn.DOWNLOAD, SortDirection.ASCENDING)
            .stream()
            .toList();
    var rows = new ArrayList<AggregateUsage>();
    var saved = "";
    do {
      try (var anotherDay = client(simulator.apiKey()).build()) {
        var request =
            anotherDay
                .aggregateSimUsage()
                .month(JANUARY)
                .sortBy(UsageColumn.DOWNLOAD, SortDirection.ASCENDING);
        var page = (saved.isEmpty() ? request : request.from(PageCursor.parse(saved))).execute();
        rows.addAll(page.items());
        saved = page.next().map(PageCursor::toString).orElse("");
      }
    } while (!saved.isEmpty());

    assertThat(rows).isEqualTo(whole).hasSize(1_234);
  }

  @Test
  void readsNumbersBeyondTheRangeOfADouble() {
    var big = 9_007_199_254_740_993L;
    var simulated =
        MasonSimulator.builder()
            .clock(END_OF_JANUARY)
            .sim("1", MasonDay.of(LocalDate.of(2026, 1, 5), big, 1))
            .build();
    try (var running = simulated.start();
        var reader =
            MasonUsage.builder().baseUrl(running.url()).apiKey(simulated.apiKey()).build()) {
      assertThat(reader.aggregateSimUsage("1").month(JANUARY))
          .extracting(AggregateUsage::usage)
          .containsExactly(new Usage(START, big, 1, big + 1, "bytes"));
    }
  }

  @Test
  void reportsTheServicesErrors() {
    var iccid = simulator.iccids().get(0);
    try (var stranger = client("no-key-of-the-account").build();
        var unscoped = client(simulator.unscopedApiKey()).build()) {
      var refused =
          List.of(
              FakeMason.failureOf(stranger.aggregateSimUsage(iccid).month(JANUARY)),
              FakeMason.failureOf(unscoped.aggregateSimUsage(iccid).month(JANUARY)),
              FakeMason.failureOf(client.aggregateSimUsage("1").month(JANUARY)),
              FakeMason.failureOf(
                  client.aggregateSimUsage().month(JANUARY).marker(MarkerKey.of("colour"))));

      assertThat(refused)
          .extracting(failure -> failure.kind())
          .containsExactly(
              Kind.UNAUTHENTICATED, Kind.FORBIDDEN, Kind.NOT_FOUND, Kind.INVALID_REQUEST);
      assertThat(refused.get(0).code()).isEqualTo("authentication_error");
      assertThat(refused).allSatisfy(failure -> assertThat(failure.attempts()).isEqualTo(1));
    }
  }

  private MasonUsage.Builder client(String key) {
    return MasonUsage.builder()
        .baseUrl(server.url())
        .apiKey(key)
        .fleet("cold chain")
        .retryPolicy(PATIENT);
  }
}
