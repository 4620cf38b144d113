package io.simtally.thingspace.m2m;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.Page;
import io.simtally.core.PageCursor;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.simulator.SimulatorServer;
import io.simtally.simulator.thingspace.SimulatedDevice;
import io.simtally.simulator.thingspace.SimulatedUsage;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageHistoryPagingTest {
  /** ThingSpace keeps the rows of twelve months. */
  private static final Clock YEAR_OF_THE_ROWS =
      Clock.fixed(Instant.parse("2020-12-31T12:00:00Z"), ZoneOffset.UTC);

  private static final String IMEI = "354394080001238";
  private static final Instant FIRST_DAY = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant LAST_DAY = Instant.parse("2026-01-01T00:00:00Z");

  private final MockWebServer server = new MockWebServer();
  private ThingSpaceM2m scripted;

  @BeforeEach
  void start() throws IOException {
    server.start();
    scripted = client(server.url("/api").toString());
  }

  @AfterEach
  void stop() {
    scripted.close();
    server.close();
  }

  @Test
  void twelveHundredRowsInThreeOverlappingPagesArriveOnce() {
    var rows = rows(1200, 3);
    try (var simulator = simulator(500, rows).start();
        var client = client(simulator)) {
      var received = client.usageHistory().device(DeviceId.imei(IMEI));

      assertThat(all(received)).extracting(DailyUsage::bytesUsed).isEqualTo(bytes(rows));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6, 7, 8, 9, 10, 11, 13, 50})
  void readsEveryRowOnceWithAnyPageSize(int pageSize) {
    // Up to three rows per second, some of them equal.
    var rows = rows(101, 3);
    try (var simulator = simulator(pageSize, rows).start();
        var client = client(simulator)) {
      assertThat(all(client.usageHistory().device(DeviceId.imei(IMEI))))
          .extracting(DailyUsage::bytesUsed)
          .isEqualTo(bytes(rows));
    }
  }

  @Test
  void resumesFromEveryPageWithTheTextOfItsCursor() {
    var rows = rows(60, 3);
    try (var simulator = simulator(7, rows).start();
        var client = client(simulator)) {
      var request = range(client.usageHistory().device(DeviceId.imei(IMEI)));
      var delivered = 0;
      for (Page<DailyUsage> page : request.pages()) {
        delivered += page.items().size();
        if (page.next().isPresent()) {
          var saved = PageCursor.parse(page.next().get().toString());
          assertThat(request.from(saved))
              .extracting(DailyUsage::bytesUsed)
              .isEqualTo(bytes(rows).subList(delivered, rows.size()));
        }
      }
      assertThat(delivered).isEqualTo(60);
    }
  }

  @Test
  void dropsARepeatedRowAsOftenAsItWasDelivered() {
    enqueue(true, row("2020-12-01", 1), row("2020-12-02", 5), row("2020-12-02", 5));
    enqueue(
        false,
        row("2020-12-02", 5),
        row("2020-12-02", 5),
        row("2020-12-02", 5),
        row("2020-12-03", 5));

    assertThat(all(scripted.usageHistory().device(DeviceId.imei(IMEI))))
        .extracting(DailyUsage::bytesUsed)
        .containsExactly(1L, 5L, 5L, 5L, 5L);
  }

  @Test
  void keepsRowsOfTheBoundaryDayThatDifferInTheirSourceOnly() {
    enqueue(true, row("2020-12-01", 1), row("2020-12-02", 5));
    enqueue(false, row("2020-12-02", 5), feed(row("2020-12-02", 5)), row("2020-12-02", 6));

    assertThat(all(scripted.usageHistory().device(DeviceId.imei(IMEI))))
        .extracting(DailyUsage::bytesUsed, DailyUsage::source)
        .containsExactly(
            tuple(1L, "Raw Usage"),
            tuple(5L, "Raw Usage"),
            tuple(5L, "Usage Feed"),
            tuple(6L, "Raw Usage"));
  }

  @Test
  void comparesOverTheWholeSecond() throws InterruptedException {
    enqueue(true, row("2020-12-01", 1), rowAt("2020-12-02T00:00:00.250Z", 2));
    enqueue(false, rowAt("2020-12-02T00:00:00.250Z", 2), rowAt("2020-12-02T00:00:00.750Z", 3));

    assertThat(all(scripted.usageHistory().device(DeviceId.imei(IMEI))))
        .extracting(DailyUsage::bytesUsed)
        .containsExactly(1L, 2L, 3L);

    server.takeRequest();
    assertThat(server.takeRequest().getBody().utf8()).contains("\"2020-12-02T00:00:00Z\"");
  }

  @Test
  void recognizesARepeatedRowInAnotherNotation() {
    var attributes =
        "{\"key\":\"MoSms\",\"value\":\"1\"},{\"key\":\"MtSms\"},{\"key\":\"MtSms\",\"value\":\"2\"}";
    var reversed =
        "{\"key\":\"MtSms\",\"value\":\"2\"},{\"key\":\"MtSms\"},{\"key\":\"MoSms\",\"value\":\"1\"}";
    enqueue(true, rowWith("2020-12-02T00:00:00Z", attributes));
    enqueue(
        false,
        rowWith("2020-12-02T05:30:00+05:30", reversed),
        rowWith("2020-12-02T00:00:00Z", attributes.replace("MoSms", "MoSMS")));

    assertThat(all(scripted.usageHistory().device(DeviceId.imei(IMEI))))
        .extracting(row -> row.extendedAttributes().get(0).key())
        .containsExactly("MoSms", "MoSMS");
  }

  @Test
  void aPageThatPromisesMoreAndIsNotOldestFirstIsStalledAtOnce() {
    enqueue(true, row("2020-01-03", 3), row("2020-01-02", 2));
    enqueue(false, row("2020-01-04", 4), row("2020-01-03", 3));

    assertThat(stalledReading().rows()).isEmpty();
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void aLaterPageThatIsNotOldestFirstIsStalledToo() {
    enqueue(true, row("2020-01-01", 1), row("2020-01-02", 2));
    enqueue(true, row("2020-01-02", 2), row("2020-01-04", 4), row("2020-01-03", 3));

    var stalled = stalledReading();

    assertThat(stalled.rows()).extracting(DailyUsage::bytesUsed).containsExactly(1L, 2L);
    assertThat(stalled.failure()).hasMessageContaining("oldest first");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void stallsAtARowBeforeTheRequestedStart(boolean isMorePromised) {
    enqueue(true, row("2020-01-02", 2), row("2020-01-03", 4));
    enqueue(isMorePromised, row("2020-01-01", 40), row("2020-01-04", 8));

    var stalled = stalledReading();

    assertThat(stalled.rows()).extracting(DailyUsage::bytesUsed).containsExactly(2L, 4L);
    assertThat(stalled.failure()).hasMessageContaining("2020-01-01T00:00Z");
  }

  @Test
  void theLastPageMayHaveAnyOrder() {
    enqueue(true, row("2020-01-01", 1), row("2020-01-02", 2));
    enqueue(false, row("2020-01-04", 4), row("2020-01-03", 3), row("2020-01-02", 2));

    assertThat(all(scripted.usageHistory().device(DeviceId.imei(IMEI))))
        .extracting(DailyUsage::bytesUsed)
        .containsExactly(1L, 2L, 4L, 3L);
  }

  @Test
  void comparesTheOrderOfRowsInSeconds() {
    enqueue(true, rowAt("2020-01-02T00:00:00.750Z", 2), rowAt("2020-01-02T00:00:00.250Z", 1));
    enqueue(
        false,
        rowAt("2020-01-02T00:00:00.250Z", 1),
        rowAt("2020-01-02T00:00:00.750Z", 2),
        row("2020-01-03", 3));

    assertThat(all(scripted.usageHistory().device(DeviceId.imei(IMEI))))
        .extracting(DailyUsage::bytesUsed)
        .containsExactly(2L, 1L, 3L);
  }

  @Test
  void readsADayWithSeveralSourcesAcrossPages() {
    enqueue(true, row("2020-01-01", 1), feed(row("2020-01-01", 1)), row("2020-01-02", 2));
    enqueue(false, row("2020-01-02", 2), feed(row("2020-01-02", 2)), row("2020-01-03", 3));

    assertThat(all(scripted.usageHistory().device(DeviceId.imei(IMEI))))
        .extracting(DailyUsage::bytesUsed, DailyUsage::source)
        .containsExactly(
            tuple(1L, "Raw Usage"),
            tuple(1L, "Usage Feed"),
            tuple(2L, "Raw Usage"),
            tuple(2L, "Usage Feed"),
            tuple(3L, "Raw Usage"));
  }

  @ParameterizedTest
  @ValueSource(longs = {162, 99, 0})
  void aRowThatHasChangedSinceItWasDeliveredIsNeverCountedTwice(long bytesThen) {
    enqueue(true, row("2020-01-01", 1), row("2020-01-02", 100));
    enqueue(false, row("2020-01-02", bytesThen), row("2020-01-03", 3));

    var stalled = stalledReading();

    assertThat(stalled.rows()).extracting(DailyUsage::bytesUsed).containsExactly(1L, 100L);
    assertThat(stalled.failure()).hasMessageContaining("the row of 2020-01-02T00:00Z has changed");
  }

  @Test
  void aRowWithOtherMessagesOrAttributesIsNeverCountedTwice() {
    var before = rowWith("2020-01-02T00:00:00Z", "{\"key\":\"MoSms\",\"value\":\"1\"}");
    for (var after :
        List.of(
            before.replace("\"smsUsed\":0", "\"smsUsed\":1"),
            before.replace("\"value\":\"1\"", "\"value\":\"2\""),
            before.replace("\"MoSms\"", "\"MtSms\""))) {
      enqueue(true, before);
      enqueue(false, after);

      assertThat(stalledReading().rows()).hasSize(1);
    }
  }

  @Test
  void recognizesAChangedRowFromTheTextOfACursor() {
    enqueue(true, row("2020-01-01", 1), feed(row("2020-01-02", 7)), row("2020-01-02", 100));
    enqueue(false, feed(row("2020-01-02", 7)), row("2020-01-02", 162));
    var request = range(scripted.usageHistory().device(DeviceId.imei(IMEI)));
    var saved = request.execute().next().orElseThrow().toString();

    var failure =
        catchThrowableOfType(ApiException.class, request.from(PageCursor.parse(saved))::execute);

    assertThat(failure.kind()).isEqualTo(Kind.PAGING_STALLED);
    assertThat(failure).hasMessageContaining("has changed");
  }

  @Test
  void aSecondRowOfASourceIsNoChangedRow() {
    enqueue(true, row("2020-01-01", 1), row("2020-01-02", 100));
    enqueue(false, row("2020-01-02", 162), row("2020-01-02", 100));

    assertThat(all(scripted.usageHistory().device(DeviceId.imei(IMEI))))
        .extracting(DailyUsage::bytesUsed)
        .containsExactly(1L, 100L, 162L);
  }

  @Test
  void readsAllRowsIfTheServerExcludesTheStart() {
    enqueue(true, row("2020-01-01", 1), row("2020-01-02", 2));
    enqueue(false, row("2020-01-03", 3));

    assertThat(all(scripted.usageHistory().device(DeviceId.imei(IMEI))))
        .extracting(DailyUsage::bytesUsed)
        .containsExactly(1L, 2L, 3L);
  }

  @Test
  void neverRequestsARangeThatEndsBeforeItStarts() {
    enqueue(true, row("2025-12-31", 1), row("2026-01-02", 2));

    assertThat(stalledReading().failure()).hasMessageContaining("latest");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void doesNotEndAtA202WithoutTheFlag() {
    enqueueBody(202, "{\"usageHistory\":[" + row("2020-01-01", 1) + "]}");

    var stalled = stalledReading();

    assertThat(stalled.rows()).isEmpty();
    assertThat(stalled.failure()).hasMessageContaining("hasMoreData");
    assertThat(stalled.failure().status()).isEqualTo(202);
  }

  @Test
  void endsAtA200WithoutTheFlag() {
    enqueueBody(200, "{\"usageHistory\":[" + row("2020-01-01", 1) + "]}");

    assertThat(all(scripted.usageHistory().device(DeviceId.imei(IMEI)))).hasSize(1);
  }

  @Test
  void keepsEveryOptionOnTheSecondPage() throws InterruptedException {
    enqueue(true, row("2020-12-01", 1));
    enqueue(false, row("2020-12-01", 1));

    all(scripted.usageHistory().label("VIN", "9"));

    assertThat(server.takeRequest().getBody().utf8())
        .isEqualTo(
            "{\"label\":{\"value\":\"9\",\"name\":\"VIN\"},"
                + "\"earliest\":\"2020-01-01T00:00:00Z\",\"latest\":\"2026-01-01T00:00:00Z\"}");
    assertThat(server.takeRequest().getBody().utf8())
        .isEqualTo(
            "{\"label\":{\"value\":\"9\",\"name\":\"VIN\"},"
                + "\"earliest\":\"2020-12-01T00:00:00Z\",\"latest\":\"2026-01-01T00:00:00Z\"}");
  }

  @Test
  void decidesByTheFlagNotByTheStatus() {
    enqueue(200, true, row("2020-12-01", 1));
    enqueue(202, false, row("2020-12-01", 1), row("2020-12-02", 2));

    assertThat(all(scripted.usageHistory().device(DeviceId.imei(IMEI)))).hasSize(2);
  }

  @Test
  void aPageThatNeverAdvancesIsStalled() {
    for (int i = 0; i < 2; i++) {
      enqueue(true, row("2020-12-01", 1), row("2020-12-02", 2));
    }
    var rows = new ArrayList<DailyUsage>();
    var request = range(scripted.usageHistory().device(DeviceId.imei(IMEI)));

    var failure = catchThrowableOfType(ApiException.class, () -> request.forEach(rows::add));

    assertThat(failure.kind()).isEqualTo(Kind.PAGING_STALLED);
    assertThat(failure.operation()).isEqualTo("POST /m2m/v1/devices/usage/actions/list");
    assertThat(rows).hasSize(2);
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void anEmptyPageThatPromisesMoreIsStalled() {
    enqueue(true);

    assertThat(
            catchThrowableOfType(
                    ApiException.class,
                    range(scripted.usageHistory().device(DeviceId.imei(IMEI)))::execute)
                .kind())
        .isEqualTo(Kind.PAGING_STALLED);
  }

  @Test
  void aSecondWithMoreRowsThanAPageIsStalledNotShortened() {
    var rows = new ArrayList<SimulatedUsage>();
    for (int i = 0; i < 12; i++) {
      rows.add(SimulatedUsage.of(FIRST_DAY, i));
    }
    try (var simulator = simulator(10, rows).start();
        var client = client(simulator)) {
      assertThat(
              catchThrowableOfType(
                      ApiException.class,
                      () -> all(client.usageHistory().device(DeviceId.imei(IMEI))))
                  .kind())
          .isEqualTo(Kind.PAGING_STALLED);
    }
  }

  @Test
  void anEmptyLastPageEndsIt() {
    enqueue(true, row("2020-12-01", 1));
    enqueue(false);

    assertThat(all(scripted.usageHistory().device(DeviceId.imei(IMEI)))).hasSize(1);
  }

  @Test
  void refusesACursorOfAnotherRequest() {
    enqueue(true, row("2020-12-01", 1));
    var request = scripted.usageHistory().label("a, value=b", "c");
    var cursor = range(request).execute().next().orElseThrow();

    var others =
        List.of(
            range(scripted.usageHistory().label("a", "b, value=c")),
            range(scripted.usageHistory().label("c", "a, value=b")),
            range(scripted.usageHistory().device(DeviceId.imei(IMEI))),
            range(request).earliest(FIRST_DAY.plusSeconds(1)),
            range(request).latest(LAST_DAY.minusSeconds(1)),
            range(request).latest(FIRST_DAY));
    for (var other : others) {
      assertThatThrownBy(other.from(cursor)::execute)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cursor");
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void acceptsACursorOfAnEquivalentRequest() {
    enqueue(true, row("2020-12-01", 1));
    enqueue(false, row("2020-12-01", 1), row("2020-12-02", 2));
    var request = range(scripted.usageHistory().device(new DeviceId("IMEI", IMEI)));
    var cursor = request.execute().next().orElseThrow();

    var same =
        scripted
            .usageHistory()
            .latest(LAST_DAY)
            .earliest(FIRST_DAY.plusMillis(1)) // sent in whole seconds
            .device(DeviceId.imei(IMEI));

    assertThat(same.from(cursor)).extracting(DailyUsage::bytesUsed).containsExactly(2L);
  }

  /** Reads until the paging stalls. */
  private Stalled stalledReading() {
    var rows = new ArrayList<DailyUsage>();
    var request = range(scripted.usageHistory().device(DeviceId.imei(IMEI)));
    var failure = catchThrowableOfType(ApiException.class, () -> request.forEach(rows::add));
    assertThat(failure.kind()).isEqualTo(Kind.PAGING_STALLED);
    return new Stalled(rows, failure);
  }

  private record Stalled(List<DailyUsage> rows, ApiException failure) {}

  private static List<DailyUsage> all(UsageHistoryRequest request) {
    return range(request).stream().toList();
  }

  private static UsageHistoryRequest range(UsageHistoryRequest request) {
    return request.earliest(FIRST_DAY).latest(LAST_DAY);
  }

  /** Rows in order, up to {@code most} per second, some equal; the seed is fixed. */
  private static List<SimulatedUsage> rows(int count, int most) {
    var random = new Random(17);
    var rows = new ArrayList<SimulatedUsage>();
    var second = FIRST_DAY;
    while (rows.size() < count) {
      for (int i = random.nextInt(most) + 1; i > 0 && rows.size() < count; i--) {
        rows.add(SimulatedUsage.of(second, random.nextInt(2)));
      }
      second = second.plusSeconds(1 + random.nextInt(86_400));
    }
    return rows;
  }

  private static List<Long> bytes(List<SimulatedUsage> rows) {
    return rows.stream().map(SimulatedUsage::bytesUsed).toList();
  }

  private static ThingSpaceSimulator simulator(int pageSize, List<SimulatedUsage> rows) {
    return ThingSpaceSimulator.builder()
        .clock(YEAR_OF_THE_ROWS)
        .tokens("the-bearer", "the-session")
        .pageSize(pageSize)
        .device(SimulatedDevice.of("imei", IMEI), rows)
        .build();
  }

  private static ThingSpaceM2m client(SimulatorServer simulator) {
    return client(simulator.url());
  }

  private static ThingSpaceM2m client(String url) {
    return ThingSpaceM2m.builder()
        .baseUrl(url)
        .credentials(ThingSpaceCredentials.tokens("the-bearer", "the-session"))
        .build();
  }

  private static String row(String day, long bytes) {
    return rowAt(day + "T00:00:00Z", bytes);
  }

  private static String feed(String row) {
    return row.replace("Raw Usage", "Usage Feed");
  }

  private static String rowAt(String timestamp, long bytes) {
    return "{\"timestamp\":\""
        + timestamp
        + "\",\"bytesUsed\":"
        + bytes
        + ",\"smsUsed\":0,\"source\":\"Raw Usage\"}";
  }

  private static String rowWith(String timestamp, String attributes) {
    return rowAt(timestamp, 1).replace("}", ",\"extendedAttributes\":[" + attributes + "]}");
  }

  private void enqueue(boolean hasMoreData, String... rows) {
    enqueue(hasMoreData ? 202 : 200, hasMoreData, rows);
  }

  private void enqueue(int status, boolean hasMoreData, String... rows) {
    enqueueBody(
        status,
        "{\"hasMoreData\":" + hasMoreData + ",\"usageHistory\":[" + String.join(",", rows) + "]}");
  }

  private void enqueueBody(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }
}
