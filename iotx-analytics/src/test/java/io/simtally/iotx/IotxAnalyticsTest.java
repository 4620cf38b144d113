package io.simtally.iotx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.core.ApiException.Kind;
import io.simtally.core.RetryPolicy;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IotxAnalyticsTest extends AnalyticsServer {
  private static final String NOTHING = "{\"content\": []}";

  @Test
  void fetchesANewTokenOnceAfterARefusal() throws InterruptedException {
    var issued = new AtomicInteger();
    client = builder().tokenSource(() -> "token-" + issued.incrementAndGet()).build();
    enqueue(200, NOTHING);
    enqueue(401, "");
    enqueue(200, NOTHING);
    enqueue(200, NOTHING);

    dataUsage().execute();
    var renewed = dataUsage().executeWithResponse();
    dataUsage().execute();

    assertThat(issued).hasValue(2);
    assertThat(renewed.attempts()).isEqualTo(2);
    assertThat(authorization()).isEqualTo("Bearer token-1");
    assertThat(authorization()).isEqualTo("Bearer token-1");
    assertThat(authorization()).isEqualTo("Bearer token-2");
    assertThat(authorization()).isEqualTo("Bearer token-2");
  }

  @Test
  void buildsAnotherClientWithItsToken() throws InterruptedException {
    enqueue(200, NOTHING);
    enqueue(200, NOTHING);
    dataUsage().execute();
    try (var other = client.toBuilder().build()) {
      other.dataUsage().startDate(START).endDate(END).execute();
    }
    assertThat(authorization()).isEqualTo(authorization());
  }

  @Test
  void buildsAnotherClientWithItsSourceOfTokens() throws InterruptedException {
    var issued = new AtomicInteger();
    client = builder().tokenSource(() -> "token-" + issued.incrementAndGet()).build();
    enqueue(200, NOTHING);
    try (var other = client.toBuilder().build()) {
      other.dataUsage().startDate(START).endDate(END).execute();
    }
    assertThat(authorization()).isEqualTo("Bearer token-1");
  }

  @Test
  void failsIfTheNewTokenIsRefusedToo() {
    var issued = new AtomicInteger();
    client = builder().tokenSource(() -> "token-" + issued.incrementAndGet()).build();
    enqueue(401, "");
    enqueue(401, "{\"error\": {\"message\": \"Token expired\", \"code\": \"E401\"}}");

    var failure = failureOf(dataUsage());

    assertThat(failure.kind()).isEqualTo(Kind.UNAUTHENTICATED);
    assertThat(failure.providerMessage()).isEqualTo("Token expired");
    assertThat(failure.code()).isEqualTo("E401");
    assertThat(issued).hasValue(2);
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void refreshesATokenOnceForAllFailedCalls() {
    var issued = new AtomicInteger();
    client = builder().tokenSource(() -> "token-" + issued.incrementAndGet()).build();
    var seen = new ConcurrentLinkedQueue<String>();
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            var token = request.getHeaders().get("Authorization");
            seen.add(token);
            return new MockResponse.Builder()
                .code(token.equals("Bearer token-2") ? 200 : 401)
                .body(NOTHING)
                .build();
          }
        });

    var calls = new CompletableFuture<?>[16];
    for (int i = 0; i < calls.length; i++) {
      calls[i] = subscriberDataUsage(ICCID).executeAsync();
    }
    CompletableFuture.allOf(calls).join();

    assertThat(issued).hasValue(2);
    assertThat(seen).containsOnly("Bearer token-1", "Bearer token-2");
  }

  @Test
  void sendsARefusedFixedTokenOnlyOnce() {
    enqueue(401, "");

    assertThat(failureOf(dataUsage()).kind()).isEqualTo(Kind.UNAUTHENTICATED);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void reportsATokenSourceThatHasNone() {
    client =
        builder()
            .retryPolicy(RetryPolicy.none())
            .tokenSource(
                () -> {
                  throw new IOException("the vault is sealed");
                })
            .build();

    var failure = failureOf(dataUsage());

    assertThat(failure.kind()).isEqualTo(Kind.CONNECTION);
    assertThat(failure).hasRootCauseMessage("the vault is sealed");
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void reportsTheProvidersOwnWords() {
    enqueue(
        400,
        """
        {"error": {"message": "startDate is invalid", "code": "INVALID_DATE"}}""");

    var failure = failureOf(subscriberDataUsage(ICCID));

    assertThat(failure.kind()).isEqualTo(Kind.INVALID_REQUEST);
    assertThat(failure.provider()).isEqualTo("iotx-analytics");
    assertThat(failure.operation()).isEqualTo("GET /analytics/data-usage/{physicalId}");
    assertThat(failure.code()).isEqualTo("INVALID_DATE");
    assertThat(failure.providerMessage()).isEqualTo("startDate is invalid");
    assertThat(failure)
        .hasMessageContaining("INVALID_DATE")
        .hasMessageContaining("startDate is invalid")
        .hasMessageNotContaining(ICCID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"content\": [], ", "{\"content\": {}, "})
  void neverReadsTheSpecifiedErrorAsAnEmptyAnswer(String before) {
    var requests =
        List.of(
            dataUsage(),
            subscriberDataUsage(ICCID),
            dataUsageBySubscriber(),
            sessionCount(),
            subscriberSessionCount(ICCID),
            dataUsageByNetworkProtocol(),
            dataUsageByIpAddress(),
            subscriberDataUsageByIpAddress(ICCID));
    for (var request : requests) {
      enqueue(
          200,
          before
              + "\"error\": {\"message\": \"startDate is invalid\", \"code\": \"INVALID_DATE\"}}");

      var failure = failureOf(request);

      assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
      assertThat(failure.code()).isEqualTo("INVALID_DATE");
      assertThat(failure.providerMessage()).isEqualTo("startDate is invalid");
    }
  }

  @Test
  void reportsAnUnknownSubscriber() {
    enqueue(404, "{\"error\": {\"message\": \"Subscriber not found\", \"code\": \"404\"}}");

    var failure = failureOf(subscriberSessionCount(ICCID));

    assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(failure.providerMessage()).isEqualTo("Subscriber not found");
  }

  @Test
  void readsTheEnvironment() throws InterruptedException {
    enqueue(200, NOTHING);
    client =
        IotxAnalytics.fromEnv(
            Map.of("IOTX_TOKEN", "of-the-env", "IOTX_BASE_URL", server.url("/v4/").toString()));

    dataUsage().execute();

    var request = server.takeRequest();
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer of-the-env");
    assertThat(request.getTarget()).startsWith("/v4/analytics/data-usage?");
  }

  @Test
  void callsTheDocumentedAddressByDefault() {
    try (var plain = IotxAnalytics.fromEnv(Map.of("IOTX_TOKEN", "secret"))) {
      assertThat(plain).hasToString("IotxAnalytics[https://api.iot-x.com/]");
    }
  }

  @Test
  void refusesNoEnvironmentAtAll() {
    assertThatThrownBy(() -> IotxAnalytics.fromEnv(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("environment is null");
  }

  @Test
  void needsACredential() {
    assertThatThrownBy(() -> IotxAnalytics.builder().build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("token")
        .hasMessageContaining("tokenSource")
        .hasMessageContaining("IOTX_TOKEN");
    assertThatThrownBy(() -> IotxAnalytics.fromEnv(Map.of("IOTX_TOKEN", " ")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("IOTX_TOKEN");
  }

  @Test
  void takesOnlyOneCredential() {
    assertThatThrownBy(
            () -> IotxAnalytics.builder().token("the-token").tokenSource(() -> "x").build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("token")
        .hasMessageContaining("tokenSource")
        .hasMessageNotContaining("the-token");
  }

  @Test
  void refusesACredentialThatCannotBeSent() {
    for (var token : new String[] {null, "", " ", "a\r\nX-Evil: 1", "tökén"}) {
      assertThatThrownBy(() -> IotxAnalytics.builder().token(token))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("token");
    }
    assertThatThrownBy(() -> IotxAnalytics.builder().tokenSource(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tokenSource");
  }

  @Test
  void refusesToSendATokenInClear() {
    assertThatThrownBy(
            () -> IotxAnalytics.builder().baseUrl("http://example.com").token("t").build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("allowCleartext");
  }

  @Test
  void neverShowsTheToken() {
    enqueue(400, "{\"error\": {\"message\": \"bad token the-token\", \"code\": \"the-token\"}}");

    var failure = failureOf(dataUsage());

    assertThat(client.toString()).doesNotContain("the-token");
    assertThat(dataUsage().toString()).doesNotContain("the-token");
    assertThat(failure.toString()).doesNotContain("the-token");
    assertThat(failure.body()).doesNotContain("the-token");
    assertThat(failure.providerMessage()).doesNotContain("the-token").contains("bad token");
    assertThat(failure.code()).doesNotContain("the-token");
  }

  @Test
  void answersAsynchronouslyToo() {
    enqueue(200, sample("session-count.json"));

    assertThat(sessionCount().executeAsync().join().content()).hasSize(2);
  }

  private IotxAnalytics.Builder builder() {
    client.close();
    return IotxAnalytics.builder().baseUrl(server.url("/").toString());
  }

  private String authorization() throws InterruptedException {
    return server.takeRequest().getHeaders().get("Authorization");
  }
}
