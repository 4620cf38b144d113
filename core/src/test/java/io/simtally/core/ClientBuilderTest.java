package io.simtally.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.simtally.core.internal.AuthContext;
import io.simtally.core.internal.CallContexts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientBuilderTest {
  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.setServerSocketFactory(new PromptSockets());
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  static Stream<Arguments> settingsThatMakeNoSense() {
    return Stream.of(
        bad("baseUrl", b -> b.baseUrl(null)),
        bad("baseUrl", b -> b.baseUrl(" ")),
        bad("baseUrl", b -> b.baseUrl("ftp://x")),
        bad("baseUrl", b -> b.baseUrl("https://x\r\nHost: y")),
        bad("baseUrl", b -> b.baseUrl("https://user:word@x")),
        bad("baseUrl", b -> b.baseUrl("https://x?a=b")),
        bad("baseUrl", b -> b.baseUrl("https://x#a")),
        bad("httpClient", b -> b.httpClient(null)),
        bad("timeout", b -> b.timeout(null)),
        bad("timeout", b -> b.timeout(Duration.ZERO)),
        bad("timeout", b -> b.timeout(Duration.ofSeconds(-1))),
        bad("retryPolicy", b -> b.retryPolicy(null)),
        bad("rateLimit", b -> b.rateLimit(null)),
        bad("requestsPerSecond", b -> b.rateLimit(RateLimit.perSecond(0))),
        bad("maxAttempts", b -> b.retryPolicy(RetryPolicy.standard().maxAttempts(0))),
        bad("listener", b -> b.listener(null)),
        bad("userAgentSuffix", b -> b.userAgentSuffix("a\nb")),
        bad("userAgentSuffix", b -> b.userAgentSuffix("ö")),
        bad("concurrency", b -> b.concurrency(0)),
        bad("maxBodyBytes", b -> b.maxBodyBytes(0)));
  }

  private static Arguments bad(String setting, Consumer<TestClient.Builder> call) {
    return Arguments.of(setting, call);
  }

  @ParameterizedTest
  @MethodSource("settingsThatMakeNoSense")
  void refusesASettingThatMakesNoSenseAndNamesIt(
      String setting, Consumer<TestClient.Builder> call) {
    assertThatThrownBy(() -> call.accept(TestClient.builder()))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(setting + " ")
        .hasMessageNotContaining("word");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://api.example.com", "http://10.0.0.1", "http://127.0.0.1.example.com"})
  void refusesCleartextToAnotherHost(String url) {
    assertThatThrownBy(TestClient.builder().baseUrl(url)::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("allowCleartext");
    TestClient.builder().baseUrl(url).allowCleartext().build().close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:1",
        "http://127.0.0.1",
        "http://127.9.9.9/x/",
        "http://[::1]:80",
        "https://api.example.com"
      })
  void acceptsTlsAndLoopback(String url) {
    assertThat(catchThrowable(() -> TestClient.builder().baseUrl(url).build().close())).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/base", "/base/"})
  void appendsThePathToTheBaseUrl(String base) throws InterruptedException {
    enqueue(200);
    try (var client = TestClient.builder().baseUrl(server.url(base).toString()).build()) {
      client.thing("a").execute();
    }
    assertThat(server.takeRequest().getTarget()).isEqualTo("/base/things/a");
  }

  @Test
  void saysWhoIsCalling() throws InterruptedException {
    enqueue(200);
    try (var client = TestClient.builder(server).userAgentSuffix("acme-billing/3.1").build()) {
      client.thing("a").execute();
    }
    assertThat(server.takeRequest().getHeaders().get("User-Agent"))
        .matches("simtally/\\d\\S* \\(test; Java/\\S+\\) acme-billing/3\\.1");
  }

  @Test
  void sendsMasonsKeyRawAfterTheLowerCaseWord() throws InterruptedException {
    enqueue(200);
    try (var client = TestClient.builder(server).build()) {
      client.thing("a").execute();
    }
    assertThat(server.takeRequest().getHeaders().get("Authorization"))
        .isEqualTo("basic " + TestClient.KEY);
  }

  @Test
  void sendsCredentialsToItsOwnOriginOnly() throws Exception {
    try (var elsewhere = new MockWebServer()) {
      elsewhere.start();
      elsewhere.enqueue(new MockResponse.Builder().body("{\"value\":1}").build());
      var detour =
          new OkHttpClient.Builder()
              .addInterceptor(
                  chain ->
                      chain.proceed(
                          chain.request().newBuilder().url(elsewhere.url("/stolen")).build()))
              .build();
      try (var client = TestClient.builder(server).httpClient(detour).build()) {
        client.thing("a").execute();
      }
      assertThat(elsewhere.takeRequest().getHeaders().get("Authorization")).isNull();
    }
  }

  @Test
  void knowsItsCallWhateverAnInterceptorMakesOfItsRequest() throws Exception {
    server.enqueue(new MockResponse.Builder().code(503).build());
    server.enqueue(new MockResponse.Builder().body("{\"value\":1}").build());
    var anew =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> chain.proceed(new Request.Builder().url(chain.request().url()).build()))
            .build();
    try (var client = TestClient.builder(server).httpClient(anew).time(new FakeTime()).build()) {
      assertThat(client.thing("a").executeWithResponse().attempts()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 404})
  void forgetsACallThatHasEnded(int status) {
    var sent = new ArrayList<Call>();
    var known = new ArrayList<AuthContext>();
    var remembering =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  sent.add(chain.call());
                  known.add(CallContexts.context(chain.call()));
                  return chain.proceed(chain.request());
                })
            .build();
    for (int i = 0; i < 2; i++) {
      server.enqueue(new MockResponse.Builder().code(status).body("{\"value\":1}").build());
    }
    try (var client = TestClient.builder(server).httpClient(remembering).build()) {
      catchThrowable(() -> client.thing("a").execute());
      catchThrowable(() -> client.thing("a").executeAsync().join());
    }
    assertThat(known).hasSize(2).doesNotContainNull();
    assertThat(sent).allSatisfy(call -> assertThat(CallContexts.context(call)).isNull());
  }

  @Test
  void makesNoMoreConnectionsThanCallsUnderWay() {
    var connections = ConcurrentHashMap.<Integer>newKeySet();
    var mostAtOnce = new AtomicInteger();
    var atOnce = new AtomicInteger();
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            connections.add(request.getConnectionIndex());
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            atOnce.decrementAndGet();
            return new MockResponse.Builder().body("{\"value\":1}").build();
          }
        });
    try (var client = TestClient.builder(server).concurrency(8).build()) {
      var calls = IntStream.range(0, 400).mapToObj(i -> client.thing("a").executeAsync()).toList();
      CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).join();
    }
    assertThat(mostAtOnce.get()).isLessThanOrEqualTo(8);
    assertThat(connections).hasSizeLessThanOrEqualTo(8);
  }

  @Test
  void spreadsRequestsEvenlyAndSlowsDownAfterA429() {
    var time = new FakeTime();
    enqueue(200, 200, 200, 429, 200, 200);
    try (var client =
        TestClient.builder(server).time(time).rateLimit(RateLimit.perSecond(10)).build()) {
      for (int i = 0; i < 3; i++) {
        client.thing("a").execute();
      }
      assertThat(millis(time.sleeps())).containsExactly(100L, 100L);

      catchThrowable(client.thing("a").retryPolicy(RetryPolicy.none())::execute);
      client.thing("a").execute();
      client.thing("a").execute();
      assertThat(millis(time.sleeps())).containsExactly(100L, 100L, 100L, 100L, 200L);
    }
  }

  @Test
  void takesNoSlotThatLiesBehindTheDeadline() {
    var time = new FakeTime();
    enqueue(200);
    try (var client =
        TestClient.builder(server).time(time).rateLimit(RateLimit.perSecond(1)).build()) {
      client.thing("a").execute();

      assertThat(catchThrowable(client.thing("a").timeout(Duration.ofMillis(900))::execute))
          .isInstanceOfSatisfying(
              ApiException.class, e -> assertThat(e.kind()).isEqualTo(ApiException.Kind.TIMEOUT))
          .hasMessageContaining("rate limit");
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  private static List<Long> millis(List<Duration> durations) {
    return durations.stream().map(Duration::toMillis).toList();
  }

  private void enqueue(int... statuses) {
    for (var status : statuses) {
      server.enqueue(new MockResponse.Builder().code(status).body("{\"value\":1}").build());
    }
  }
}
