package io.simtally.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException.Kind;
import io.simtally.core.RetryPolicy;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.mason.MasonUsage;
import io.simtally.mason.SeriesUsageRequest;
import io.simtally.mason.UsagePage;
import io.simtally.thingspace.hyperprecise.ThingSpaceHyperPrecise;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetTest {
  private static final OffsetDateTime FROM = OffsetDateTime.parse("2026-01-01T00:00:00Z");
  private static final String NO_ROWS = "{\"data\":[],\"nextPage\":null,\"prevPage\":null}";

  private final MockWebServer server = new MockWebServer();
  private final FakeTime time = new FakeTime();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private Function<String, MockResponse> answers = device -> answer(NO_ROWS);
  private MasonUsage mason;

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            try {
              return answers.apply(device(request));
            } finally {
              atOnce.decrementAndGet();
            }
          }
        });
    server.start();
    mason = mason().build();
  }

  @AfterEach
  void stop() {
    mason.close();
    server.close();
  }

  @Test
  void returnsOneResultForEachDevice() {
    answers = device -> device.endsWith("7") ? status(404) : answer(day(Long.parseLong(device)));
    var values = new HashMap<String, Long>();
    var failures = new HashMap<String, Kind>();

    try (var run = Fleet.of(devices(1_000)).run(this::usage)) {
      for (var result : run) {
        if (result.failure() == null) {
          values.put(result.device(), result.orThrow().items().get(0).total());
        } else {
          failures.put(result.device(), result.failure().kind());
          assertThatThrownBy(result::orThrow).isSameAs(result.failure());
        }
      }
    }

    assertThat(values).hasSize(900).allSatisfy((id, total) -> assertThat(id).isEqualTo("" + total));
    assertThat(failures).hasSize(100).containsValue(Kind.NOT_FOUND).containsKey("7");
    assertThat(server.getRequestCount()).isEqualTo(1_000);
  }

  @Test
  void readsPagedRequestsToTheirEnd() {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            var page = request.getUrl().queryParameter("after");
            var number = page == null ? 1 : Integer.parseInt(page);
            return answer(
                "{\"data\":["
                    + row(number)
                    + "],\"nextPage\":"
                    + (number == 5 ? "null" : "\"" + (number + 1) + "\"")
                    + "}");
          }
        });

    try (var run = Fleet.of(devices(20)).run(this::usage)) {
      assertThat(run.stream())
          .hasSize(20)
          .allSatisfy(
              result -> {
                assertThat(result.orThrow().next()).isEmpty();
                assertThat(result.orThrow().items())
                    .extracting(day -> day.total())
                    .containsExactly(1L, 2L, 3L, 4L, 5L);
              });
    }
  }

  @Test
  void readsAnEndlessListWithABoundedWindow() {
    var drawn = new AtomicInteger();
    Iterable<String> endless =
        () -> Stream.generate(() -> String.valueOf(drawn.incrementAndGet())).iterator();

    try (var run = Fleet.of(endless).concurrency(4).run(this::usage)) {
      assertThat(run.stream().limit(200)).hasSize(200);
    }

    assertThat(drawn).hasValueBetween(200, 200 + 17);
    assertThat(mostAtOnce.get()).isLessThanOrEqualTo(4);
  }

  @Test
  void requestsTheNextDevicesWhileNoResultIsRead() throws InterruptedException {
    var asked = new CountDownLatch(16);
    answers =
        device -> {
          asked.countDown();
          return answer(NO_ROWS);
        };

    try (var run = Fleet.of(devices(100)).concurrency(4).run(this::usage)) {
      var results = run.iterator();
      // The first results make room; the run then continues without further reads.
      for (int i = 0; i < 12; i++) {
        results.next();
      }
      assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void startsNoThreads() {
    var before = threads();

    try (var run = Fleet.of(devices(100)).run(this::usage)) {
      run.forEach(result -> assertThat(newThreads(before)).isEmpty());
    }

    assertThat(newThreads(before)).isEmpty();
  }

  @Test
  void slowsDownAfter429AndRecovers() {
    var refusals = new AtomicInteger(10);
    answers =
        device ->
            refusals.getAndDecrement() > 0
                ? status(429).newBuilder().addHeader("Retry-After", "7").build()
                : answer(NO_ROWS);

    try (var client = mason().retryPolicy(RetryPolicy.none()).build();
        var run = Fleet.of(devices(500)).time(time).run(device -> usage(client, device))) {
      assertThat(run.stream())
          .hasSize(500)
          .allSatisfy(result -> assertThat(result.failure()).isNull())
          .extracting(FleetResult::device)
          .doesNotHaveDuplicates();
    }

    assertThat(server.getRequestCount()).isEqualTo(510);
    assertThat(time.elapsed()).isGreaterThanOrEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void stopsIf429RepeatsAtTheLowestRate() {
    answers = device -> status(429);
    var results = new ArrayList<FleetResult<String, UsagePage>>();

    try (var client = mason().retryPolicy(RetryPolicy.none()).build();
        var run =
            Fleet.of(devices(1_000_000))
                .concurrency(8)
                .time(time)
                .run(device -> usage(client, device))) {
      var stopped =
          catchThrowableOfType(FleetStoppedException.class, () -> run.forEach(results::add));

      assertThat(stopped).hasMessageContaining("429 is answered however slowly it is asked");
      assertThat(stopped.failure().kind()).isEqualTo(Kind.RATE_LIMITED);
      assertThat(stopped.done()).isEqualTo(results.size());
    }

    // At most the calls in flight at the first refusal, and those sent since, more slowly.
    assertThat(results)
        .isNotEmpty()
        .hasSizeLessThanOrEqualTo(16)
        .allSatisfy(result -> assertThat(result.failure().kind()).isEqualTo(Kind.RATE_LIMITED));
    assertThat(results).extracting(FleetResult::device).doesNotHaveDuplicates();
    assertThat(server.getRequestCount()).isLessThan(100);
  }

  @Test
  void stopsIfRetryAfterIsHours() {
    answers = device -> status(429).newBuilder().addHeader("Retry-After", "36000").build();

    try (var run = Fleet.of(devices(1_000)).concurrency(2).time(time).run(this::usage)) {
      assertThatThrownBy(() -> run.forEach(result -> {}))
          .isInstanceOf(FleetStoppedException.class)
          .hasMessageContaining("the provider asks to wait 36000 seconds");
    }

    assertThat(time.elapsed()).isLessThan(Duration.ofMinutes(10));
  }

  @Test
  void stopsAtARefusedCredential() {
    answers = device -> device.equals("50") ? status(401) : answer(NO_ROWS);
    var results = new ArrayList<FleetResult<String, UsagePage>>();

    try (var run = Fleet.of(devices(1_000_000)).concurrency(8).run(this::usage)) {
      var stopped =
          catchThrowableOfType(FleetStoppedException.class, () -> run.forEach(results::add));

      assertThat(stopped)
          .hasMessageContaining("a credential is refused")
          .hasMessageContaining("401");
      assertThat(stopped.failure().kind()).isEqualTo(Kind.UNAUTHENTICATED);
      assertThat(stopped.done()).isEqualTo(results.size());
    }

    assertThat(results).hasSize(server.getRequestCount()).hasSizeLessThan(100);
    assertThat(results)
        .filteredOn(result -> result.failure() != null)
        .extracting(FleetResult::device)
        .containsExactly("50");
  }

  @Test
  void stopsWhenTooManyDevicesFail() {
    answers = device -> status(418);
    var results = new ArrayList<FleetResult<String, UsagePage>>();

    try (var run = Fleet.of(devices(1_000_000)).concurrency(8).run(this::usage)) {
      assertThatThrownBy(() -> run.forEach(results::add))
          .isInstanceOf(FleetStoppedException.class)
          .hasMessageContaining("25 more calls have failed than have an answer");
    }

    assertThat(results).hasSizeBetween(25, 25 + 8);
  }

  @Test
  void continuesWhenSomeDevicesFail() {
    answers = device -> Integer.parseInt(device) % 3 == 0 ? status(418) : answer(NO_ROWS);

    try (var run = Fleet.of(devices(900)).run(this::usage)) {
      assertThat(run.stream().filter(result -> result.failure() != null)).hasSize(300);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, 'Device Not Found, Request will be queued', true",
    "404, Device inactive, true",
    "403, Device Not Certified, true",
    "409, Service Not Purchased, true",
    "500, Device is active in several accounts, true",
    "403, The access policy denied the resource operation for this user, false",
    "500, Internal error, false",
  })
  void recognizesFailuresOfOneDevice(int status, String message, boolean ofOneDevice) {
    answers =
        device ->
            new MockResponse.Builder()
                .code(status)
                .body("{\"errorCode\":\"INVALID_PARAMETER\",\"errorMessage\":\"" + message + "\"}")
                .build();
    var client =
        ThingSpaceHyperPrecise.builder()
            .baseUrl(server.url("/").toString())
            .credentials(ThingSpaceCredentials.tokens("bearer-token", "session-token"))
            .build();

    try (client;
        var run =
            Fleet.of(devices(100))
                .run(
                    device ->
                        client
                            .sessionReport()
                            .accountNumber("0242123456-00001")
                            .imei("354161075551016")
                            .startDate(Instant.parse("2026-01-01T00:00:00Z"))
                            .endDate(Instant.parse("2026-01-02T00:00:00Z")))) {
      if (ofOneDevice) {
        assertThat(run.stream()).hasSize(100);
      } else {
        assertThatThrownBy(() -> run.forEach(result -> {}))
            .isInstanceOf(FleetStoppedException.class);
      }
    }
  }

  @Test
  void returnsTheResultsBeforeAFailureOfTheList() {
    Iterable<String> failing =
        () ->
            IntStream.range(0, 100)
                .mapToObj(
                    i -> {
                      if (i == 10) {
                        throw new IllegalStateException("the list is spoiled");
                      }
                      return "" + i;
                    })
                .iterator();

    assertEndsAfter(10, Fleet.of(failing).run(this::usage), "the list is spoiled");
  }

  @Test
  void returnsTheResultsBeforeAFailureOfTheFunction() {
    assertEndsAfter(
        10,
        Fleet.of(devices(100))
            .run(
                device -> {
                  if (device.equals("11")) {
                    throw new IllegalStateException("no request for this one");
                  }
                  return usage(device);
                }),
        "no request for this one");
  }

  @Test
  void namesTheMissingSettingOfARequest() {
    try (var run = Fleet.of(devices(3)).run(mason::seriesSimUsage)) {
      assertThatThrownBy(() -> run.forEach(result -> {}))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("needs start");
    }
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void refusesNullDevicesAndRequests() {
    var withGap = new ArrayList<String>();
    withGap.add(null);
    try (var run = Fleet.of(withGap).run(this::usage)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> run.forEach(result -> {}))
          .withMessage("device is null");
    }
    try (FleetRun<String, UsagePage> run =
        Fleet.of(devices(1)).run(device -> (SeriesUsageRequest) null)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> run.forEach(result -> {}))
          .withMessage("request is null");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> Fleet.of(null));
    assertThatIllegalArgumentException().isThrownBy(() -> Fleet.of(withGap).concurrency(0));
  }

  @Test
  void cancelsPendingCallsWhenClosed() throws InterruptedException {
    var hanging = new CountDownLatch(4);
    var released = new CountDownLatch(1);
    answers =
        device -> {
          if (Integer.parseInt(device) > 10) {
            hanging.countDown();
            await(released);
          }
          return answer(NO_ROWS);
        };
    var run = Fleet.of(devices(100)).concurrency(4).run(this::usage);
    var results = run.iterator();
    for (int i = 0; i < 10; i++) {
      results.next();
    }
    var waiting = new FutureTask<>(results::hasNext);
    var thread = new Thread(waiting);
    thread.start();
    assertThat(hanging.await(30, TimeUnit.SECONDS)).isTrue();

    run.close();
    run.close();

    thread.join(30_000);
    assertThatThrownBy(waiting::get)
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the run is closed");
    released.countDown();
    assertThat(server.getRequestCount()).isLessThanOrEqualTo(14);
  }

  @Test
  void isClosedByAnInterrupt() throws InterruptedException {
    var hanging = new CountDownLatch(1);
    var released = new CountDownLatch(1);
    answers =
        device -> {
          hanging.countDown();
          await(released);
          return answer(NO_ROWS);
        };
    var run = Fleet.of(devices(100)).run(this::usage);
    var flagKept = new ArrayList<Boolean>();
    var waiting =
        new FutureTask<>(
            () -> {
              try {
                return run.iterator().next();
              } finally {
                flagKept.add(Thread.currentThread().isInterrupted());
              }
            });
    var thread = new Thread(waiting);
    thread.start();
    assertThat(hanging.await(30, TimeUnit.SECONDS)).isTrue();

    thread.interrupt();

    thread.join(30_000);
    released.countDown();
    assertThatThrownBy(waiting::get).hasCauseInstanceOf(CancellationException.class);
    assertThat(flagKept).containsExactly(true);
    assertThatThrownBy(() -> run.iterator().hasNext()).hasMessage("the run is closed");
  }

  @Test
  void continuesALeftIteration() {
    var seen = new HashSet<String>();
    try (var run = Fleet.of(devices(50)).run(this::usage)) {
      for (var result : run) {
        seen.add(result.device());
        if (seen.size() == 20) {
          break;
        }
      }
      run.forEach(result -> assertThat(seen.add(result.device())).isTrue());
    }
    assertThat(seen).hasSize(50);
  }

  @Test
  void losesNoDeviceWhenTheListenerFails() {
    var failing = new AtomicInteger();
    var seen = new HashSet<String>();

    try (var run =
        Fleet.of(devices(10))
            .listener(
                progress -> {
                  if (failing.getAndIncrement() == 3) {
                    throw new IllegalStateException("no terminal");
                  }
                })
            .run(this::usage)) {
      var results = run.iterator();
      assertThatThrownBy(() -> results.forEachRemaining(result -> seen.add(result.device())))
          .hasMessage("no terminal");
      results.forEachRemaining(result -> seen.add(result.device()));
    }

    assertThat(seen).hasSize(10);
  }

  @Test
  void reportsItsProgress() {
    answers = device -> device.equals("7") ? status(404) : answer(day(1));
    var heard = new ArrayList<FleetProgress>();

    try (var run = Fleet.of(devices(10)).listener(heard::add).run(this::usage)) {
      run.forEach(result -> assertThat(heard.get(heard.size() - 1).done()).isPositive());
    }

    assertThat(heard).hasSize(10).extracting(FleetProgress::done).contains(1L, 5L, 10L);
    var last = heard.get(9);
    assertThat(last.failed()).isEqualTo(1);
    assertThat(last.rows()).isEqualTo(9);
    assertThat(last.expected()).isEqualTo(10);
    assertThat(last.timeLeft()).contains(Duration.ZERO);
  }

  @Test
  void estimatesTheTimeLeft() {
    var progress = new FleetProgress(250, 3, 7_500, 1_000L, Duration.ofSeconds(50));

    assertThat(progress.devicesPerSecond()).isEqualTo(5);
    assertThat(progress.timeLeft()).contains(Duration.ofSeconds(150));
    assertThat(new FleetProgress(250, 0, 0, null, Duration.ofSeconds(50)).timeLeft()).isEmpty();
    assertThat(new FleetProgress(0, 0, 0, 9L, Duration.ZERO).timeLeft()).isEmpty();
  }

  private void assertEndsAfter(int devices, FleetRun<String, UsagePage> run, String message) {
    var seen = new HashSet<String>();
    try (run) {
      assertThatThrownBy(() -> run.forEach(result -> seen.add(result.device())))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(message);
    }
    assertThat(seen).hasSize(devices);
  }

  private MasonUsage.Builder mason() {
    return MasonUsage.builder().baseUrl(server.url("/").toString()).apiKey("test-api-key-7f3a");
  }

  private SeriesUsageRequest usage(String device) {
    return usage(mason, device);
  }

  private static SeriesUsageRequest usage(MasonUsage client, String device) {
    return client.seriesSimUsage(device).start(FROM).end(FROM.plusDays(30));
  }

  private static List<String> devices(int count) {
    return new java.util.AbstractList<>() {
      @Override
      public String get(int index) {
        return String.valueOf(index + 1);
      }

      @Override
      public int size() {
        return count;
      }
    };
  }

  private static String device(RecordedRequest request) {
    var path = request.getUrl().pathSegments();
    return path.get(path.size() - 1);
  }

  private static MockResponse answer(String body) {
    return new MockResponse.Builder().body(body).build();
  }

  private static MockResponse status(int status) {
    return new MockResponse.Builder().code(status).build();
  }

  private static String day(long bytes) {
    return "{\"data\":[" + row(bytes) + "],\"nextPage\":null,\"prevPage\":null}";
  }

  private static String row(long bytes) {
    return """
        {"date":"2026-01-01T00:00:00Z","upload":0,"download":%d,"total":%d,"unit":"bytes"}"""
        .formatted(bytes, bytes);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the threads that belong neither to a client nor to the server. */
  private static Set<Thread> threads() {
    return new HashSet<>(Thread.getAllStackTraces().keySet());
  }

  private static List<String> newThreads(Set<Thread> before) {
    return threads().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .filter(name -> !name.startsWith("simtally-mason"))
        .filter(name -> !name.contains("MockWebServer") && !name.contains("Okio"))
        .filter(name -> !name.contains("OkHttp") && !name.contains("TaskRunner"))
        .toList();
  }
}
