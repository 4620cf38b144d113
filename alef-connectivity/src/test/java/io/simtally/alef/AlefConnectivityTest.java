package io.simtally.alef;

import static io.simtally.alef.AlefService.KEY;
import static io.simtally.alef.AlefService.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.core.ApiException.Kind;
import io.simtally.core.CallListener;
import io.simtally.core.RetryPolicy;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlefConnectivityTest {
  private final AlefService alef = new AlefService();

  @AfterEach
  void stop() {
    alef.close();
  }

  @Test
  void buildsAClientFromTheEnvironment() {
    alef.answer("{\"result\": []}");
    var environment =
        Map.of(
            "ALEF_API_KEY", "from-env", "ALEF_BASE_URL", alef.server.url("/gateway/").toString());

    try (var client = AlefConnectivity.fromEnv(environment)) {
      report(client).execute();
    }

    assertThat(alef.sent().getTarget())
        .isEqualTo("/gateway/connectivity/v1/report?apikey=from-env");
  }

  @Test
  void buildsAnotherClientWithItsSettings() {
    alef.answer("{\"result\": []}");
    var url = alef.server.url("/").toString();
    try (var client =
            AlefConnectivity.builder()
                .baseUrl(url)
                .apiKey("its-own-key")
                .apiKeyParameter("Authorization")
                .build();
        var other = client.toBuilder().build()) {
      report(other).execute();
    }
    assertThat(alef.sent().getTarget())
        .isEqualTo("/connectivity/v1/report?Authorization=its-own-key");
  }

  @Test
  void callsTheDocumentedHostByDefault() {
    try (var client = AlefConnectivity.builder().apiKey(KEY).build()) {
      assertThat(client).hasToString("AlefConnectivity[https://api.alefedge.com/]");
    }
    try (var client =
        AlefConnectivity.builder()
            .environment(Map.of("ALEF_API_KEY", KEY, "ALEF_BASE_URL", " "))
            .build()) {
      assertThat(client).hasToString("AlefConnectivity[https://api.alefedge.com/]");
    }
  }

  @Test
  void refusesNoEnvironmentAtAll() {
    assertThatThrownBy(() -> AlefConnectivity.fromEnv(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("environment is null");
  }

  static Stream<Map<String, String>> environmentsWithoutKey() {
    return Stream.of(Map.of(), Map.of("ALEF_API_KEY", ""), Map.of("ALEF_ACCOUNT_ID", "a"));
  }

  @ParameterizedTest
  @MethodSource("environmentsWithoutKey")
  void namesTheMissingKeyAndItsVariable(Map<String, String> environment) {
    assertThatThrownBy(() -> AlefConnectivity.fromEnv(environment))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("apiKey")
        .hasMessageContaining("ALEF_API_KEY");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "secret\nkey"})
  void refusesAnInvalidKeyWithoutRepeatingIt(String key) {
    assertThatThrownBy(() -> AlefConnectivity.builder().apiKey(key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("apiKey")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> AlefConnectivity.builder().apiKeyParameter(key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("apiKeyParameter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization", "authorization", "a b&c"})
  void sendsTheKeyInTheConfiguredParameter(String parameter) {
    alef.answer("{\"result\": []}");

    try (var client = alef.builder().apiKeyParameter(parameter).build()) {
      report(client).execute();
    }

    var url = alef.sent().getUrl();
    assertThat(url.queryParameterNames()).containsExactly(parameter);
    assertThat(url.queryParameter(parameter)).isEqualTo(KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a&apikey=b", "#x", "%41", "ü+/ =", "../../admin?x=1"})
  void sendsAnyKeyAsOneValue(String key) {
    alef.answer("{\"result\": []}");

    try (var client = alef.builder().apiKey(key).build()) {
      report(client).execute();
    }

    var url = alef.sent().getUrl();
    assertThat(url.encodedPath()).isEqualTo("/connectivity/v1/report");
    assertThat(url.queryParameterValues("apikey")).containsExactly(key);
    assertThat(url.querySize()).isEqualTo(1);
  }

  @Test
  void showsTheKeyNowhere() {
    var echo = KEY + " and " + URLEncoder.encode(KEY, StandardCharsets.UTF_8);
    alef.server.enqueue(
        new MockResponse.Builder()
            .code(503)
            .addHeader("X-Request-Id", echo)
            .body("{\"error\": {\"code\": \"" + echo + "\", \"message\": \"No " + echo + "\"}}")
            .build());
    alef.answer(200, "{\"result\": [[{\"time_stamp\": \"" + echo + "\"}]]}");
    var events = Collections.synchronizedList(new ArrayList<Object>());
    var printed = new ByteArrayOutputStream();
    var stderr = System.err;
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    var seen = new ArrayList<String>();
    try (var client =
        alef.builder().retryPolicy(RetryPolicy.none()).listener(recorder(events)).build()) {
      for (int i = 0; i < 2; i++) {
        var failure = failureOf(report(client));
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        seen.add(trace.toString());
        seen.add(failure + failure.body() + failure.code() + failure.providerMessage());
        seen.add(failure.requestId() + failure.headers() + failure.operation());
      }
      seen.add(client.toString() + report(client));
    } finally {
      System.setErr(stderr);
    }
    var log = printed.toString(StandardCharsets.UTF_8);

    assertThat(log).contains("POST /connectivity/v1/report");
    assertThat(events).hasSize(6);
    seen.add(log);
    seen.add(events.toString());
    assertThat(seen)
        .allSatisfy(
            text ->
                assertThat(text)
                    .doesNotContain(KEY)
                    .doesNotContain(URLEncoder.encode(KEY, StandardCharsets.UTF_8))
                    .doesNotContain("apikey="));
  }

  private static CallListener recorder(List<Object> events) {
    return new CallListener() {
      @Override
      public void callStarted(Started event) {
        events.add(event);
      }

      @Override
      public void attemptStarted(Attempt event) {
        events.add(event);
      }

      @Override
      public void callFinished(Finished event) {
        events.add(event);
      }
    };
  }

  @Test
  void sendsTheKeyToNoOtherAddress() {
    alef.server.enqueue(
        new MockResponse.Builder()
            .code(302)
            .addHeader("Location", alef.server.url("/elsewhere").toString())
            .build());

    var failure = failureOf(report(alef.client));

    assertThat(failure.kind()).isEqualTo(Kind.UNEXPECTED_STATUS);
    assertThat(alef.server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"401, UNAUTHENTICATED", "400, INVALID_REQUEST", "403, FORBIDDEN"})
  void reportsTheProvidersOwnWords(int status, Kind kind) {
    alef.answer(status, "{\"message\": \"invalid request\"}");

    var failure = failureOf(report(alef.client));

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.provider()).isEqualTo("alef-connectivity");
    assertThat(failure.operation()).isEqualTo("POST /connectivity/v1/report");
    assertThat(failure.providerMessage()).isEqualTo("invalid request");
    assertThat(failure.attempts()).isEqualTo(1);
    assertThat(failure)
        .hasMessageContaining("POST /connectivity/v1/report")
        .hasMessageContaining("invalid request");
  }

  @Test
  void retriesAfterATransientFailure() {
    alef.answer(500, "");
    alef.answer("{\"result\": []}");

    var response = report(alef.client).executeWithResponse();

    assertThat(response.attempts()).isEqualTo(2);
    assertThat(alef.sent().getBody()).isEqualTo(alef.sent().getBody());
  }

  @Test
  void readsTheReportAsynchronously() {
    alef.answer("{\"result\": [], \"account_id\": \"a\"}");

    assertThat(report(alef.client).executeAsync().join().dimensions())
        .isEqualTo(Map.of("account_id", "a"));
  }

  @Test
  void refusesToSendTheKeyInClear() {
    assertThatThrownBy(
            () -> AlefConnectivity.builder().apiKey(KEY).baseUrl("http://alef.example").build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("allowCleartext()")
        .hasMessageNotContaining(KEY);
  }

  private static ReportRequest report(AlefConnectivity client) {
    return client.report().window(TimeWindow.LAST_DAY).metric(Metric.JITTER, Aggregation.AVG);
  }
}
