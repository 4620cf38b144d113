package io.simtally.thingspace.hyperprecise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.squareup.moshi.JsonReader;
import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.UsageRecord;
import io.simtally.core.auth.ThingSpaceCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionReportTest {
  private static final Session MORNING =
      new Session(
          OffsetDateTime.parse("2022-12-09T22:01:06.217Z"),
          OffsetDateTime.parse("2022-12-09T22:31:06.217Z"),
          4096);

  private final MockWebServer server = new MockWebServer();
  private ThingSpaceHyperPrecise client;

  @BeforeEach
  void start() throws IOException {
    server.start();
    client =
        ThingSpaceHyperPrecise.builder()
            .baseUrl(server.url("/api").toString())
            .credentials(ThingSpaceCredentials.tokens("the-bearer", "the-session"))
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void sendsTheDocumentedRequestWithBothTokens() throws InterruptedException {
    enqueue("{\"sessions\": []}");

    smallest().execute();

    var request = server.takeRequest();
    assertThat(request.getRequestLine())
        .isEqualTo("POST /api/hyper-precise/v1/report/sessions HTTP/1.1");
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer the-bearer");
    assertThat(request.getHeaders().get("VZ-M2M-Token")).isEqualTo("the-session");
    assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
    assertThat(request.getHeaders().get("Accept")).isEqualTo("application/json");
    assertThat(request.getHeaders().get("User-Agent")).startsWith("simtally/");
  }

  @Test
  void sendsEveryMemberOfTheDocumentedBody() throws InterruptedException {
    enqueue("{\"sessions\": []}");

    client
        .sessionReport()
        .accountNumber("string")
        .imei("string")
        .startDate(Instant.parse("2022-12-09T22:01:06Z"))
        .endDate(Instant.parse("2022-12-10T22:01:06Z"))
        .durationLow(0)
        .durationHigh(0)
        .execute();

    // The dates of the provider's page are placeholders.
    var documented =
        sample("session-report.request.json")
            .replace("\"startDate\": \"string\"", "\"startDate\": \"2022-12-09T22:01:06Z\"")
            .replace("\"endDate\": \"string\"", "\"endDate\": \"2022-12-10T22:01:06Z\"");
    assertThat(json(body(server.takeRequest()))).isEqualTo(json(documented));
  }

  @Test
  void omitsUnsetOptions() throws InterruptedException {
    enqueue("{\"sessions\": []}");

    smallest().execute();

    assertThat(json(body(server.takeRequest())))
        .isEqualTo(Map.of("accountNumber", "0844021539-00001", "imei", "354658090356210"));
  }

  @Test
  void sendsEachOptionWithoutTheOthers() throws InterruptedException {
    for (int i = 0; i < 4; i++) {
      enqueue("{\"sessions\": []}");
    }
    var moment = Instant.parse("2022-12-09T22:01:06Z");

    smallest().startDate(moment).execute();
    smallest().endDate(moment).execute();
    smallest().durationLow(30).execute();
    smallest().durationHigh(Long.MAX_VALUE).execute();

    assertThat(optionsOf(server.takeRequest())).isEqualTo("\"startDate\":\"2022-12-09T22:01:06Z\"");
    assertThat(optionsOf(server.takeRequest())).isEqualTo("\"endDate\":\"2022-12-09T22:01:06Z\"");
    assertThat(optionsOf(server.takeRequest())).isEqualTo("\"durationLow\":30");
    assertThat(optionsOf(server.takeRequest())).isEqualTo("\"durationHigh\":9223372036854775807");
  }

  @Test
  void sendsTimesInUtcAndWholeSeconds() throws InterruptedException {
    enqueue("{\"sessions\": []}");

    smallest()
        .startDate(OffsetDateTime.parse("2026-01-01T05:30:00.9+05:30").toInstant())
        .endDate(OffsetDateTime.parse("2026-01-31T23:59:59.999-08:00").toInstant())
        .execute();

    assertThat(body(server.takeRequest()))
        .contains("\"startDate\":\"2026-01-01T00:00:00Z\"")
        .contains("\"endDate\":\"2026-02-01T07:59:59Z\"");
  }

  @Test
  void sendsNamesAsTheyAreGiven() throws InterruptedException {
    enqueue("{\"sessions\": []}");

    client.sessionReport().accountNumber("../é\"\\").imei("00089148000005559999").execute();

    assertThat(json(body(server.takeRequest())))
        .isEqualTo(Map.of("accountNumber", "../é\"\\", "imei", "00089148000005559999"));
  }

  @Test
  void readsTheWholeDocumentedAnswer() {
    // The times of the provider's page are placeholders.
    enqueue(
        sample("session-report.response.json")
            .replace("\"startTime\": \"string\"", "\"startTime\": \"2022-12-09T22:01:06.217Z\"")
            .replace("\"endTime\": \"string\"", "\"endTime\": \"2022-12-09T22:31:06.217Z\""));

    assertThat(smallest().execute())
        .isEqualTo(
            new SessionReport(
                List.of(new Session(MORNING.startTime(), MORNING.endTime(), 0)),
                "{10-digit device ID}",
                "string"));
  }

  @Test
  void refusesThePlaceholdersOfThePageAsTimes() {
    enqueue(sample("session-report.response.json"));

    var failure = failureOf(smallest());

    assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
    assertThat(failure).hasMessageContaining("$.sessions[0].startTime");
  }

  @Test
  void readsNumbersAsTextUnknownMembersAndUnusualTimes() {
    enqueue(
        """
        {"txid": 2064, "surprise": {"a": [1]}, "id": 354658090356210, "sessions": [
          {"numBytes": "9007199254740993", "cell": null,
           "startTime": "2016-06-01T21:45:39-04:00", "endTime": "2016-06-02T01:45:39+0000"}]}
        """);

    assertThat(smallest().execute())
        .isEqualTo(
            new SessionReport(
                List.of(
                    new Session(
                        OffsetDateTime.parse("2016-06-01T21:45:39-04:00"),
                        OffsetDateTime.parse("2016-06-02T01:45:39Z"),
                        9007199254740993L)),
                "354658090356210",
                "2064"));
  }

  @Test
  void readsADateAloneAsTheStartOfThatDayInUtc() {
    enqueue(
        sessions("\"startTime\": \"2022-12-09\", \"endTime\": \"2022-12-10\", \"numBytes\": 1"));

    assertThat(smallest().execute().sessions())
        .containsExactly(
            new Session(
                OffsetDateTime.parse("2022-12-09T00:00:00Z"),
                OffsetDateTime.parse("2022-12-10T00:00:00Z"),
                1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"sessions\": [], \"id\": \"354658090356210\", \"txid\": \"t\"}",
        "{\"sessions\": null, \"id\": \"354658090356210\", \"txid\": \"t\"}",
        "{\"id\": \"354658090356210\", \"txid\": \"t\"}",
      })
  void readsAnAnswerWithoutSessionsAsEmpty(String body) {
    enqueue(body);

    assertThat(smallest().execute())
        .isEqualTo(new SessionReport(List.of(), "354658090356210", "t"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"sessions\": []}", "{\"id\": \"1\"}", "{\"txid\": \"t\"}"})
  void readsAnAnswerWithAnyKnownMember(String body) {
    enqueue(body);

    assertThat(smallest().execute().sessions()).isEmpty();
  }

  @Test
  void keepsTheOrderOfTheSessionsAndItsListUnmodifiable() {
    enqueue(
        """
        {"sessions": [
          {"startTime": "2022-12-09T22:01:06.217Z", "endTime": "2022-12-09T22:31:06.217Z",
           "numBytes": 4096},
          {"startTime": "2022-12-01T00:00:00Z", "endTime": "2022-12-01T00:00:00Z", "numBytes": 1},
          {"startTime": "2022-12-09T22:01:06.217Z", "endTime": "2022-12-09T22:31:06.217Z",
           "numBytes": 4096}]}
        """);

    var sessions = smallest().execute().sessions();

    assertThat(sessions).hasSize(3).startsWith(MORNING).endsWith(MORNING);
    assertThatThrownBy(sessions::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "startTime | null                         | time      | $.sessions[1].startTime",
        "startTime | \"\"                         | time      | $.sessions[1].startTime",
        "startTime | \"yesterday\"                | yesterday | $.sessions[1].startTime",
        "startTime | \"2022-02-30\"               | time      | $.sessions[1].startTime",
        "startTime | \"2022-12-9T\"               | time      | $.sessions[1].startTime",
        "startTime | \"2022-12-09T22:01:06\"      | time      | $.sessions[1].startTime",
        "startTime | 20221209                     | time      | $.sessions[1].startTime",
        "endTime   | \"2022-12-09T22:01:06.217\"  | time      | $.sessions[1].endTime",
        "endTime   | {}                           | time      | $.sessions[1].endTime",
        "numBytes  | null                         | bytes     | $.sessions[1].numBytes",
        "numBytes  | \"\"                         | bytes     | $.sessions[1].numBytes",
        "numBytes  | \"many\"                     | many      | $.sessions[1].numBytes",
        "numBytes  | 1.5                          | long      | $.sessions[1].numBytes",
        "numBytes  | -1                           | bytes     | $.sessions[1].numBytes",
        "numBytes  | 9223372036854775808          | long      | $.sessions[1].numBytes",
        "startTime |                              | startTime | $.sessions[1]",
        "endTime   |                              | endTime   | $.sessions[1]",
        "numBytes  |                              | numBytes  | $.sessions[1]",
      })
  void refusesASessionItCannotReadExactly(
      String member, String value, String expected, String path) {
    var good =
        """
        "startTime": "2022-12-09T22:01:06Z", "endTime": "2022-12-09T22:31:06Z", "numBytes": 1""";
    var changed = value == null ? "\"unknown\": 0" : "\"" + member + "\": " + value;
    enqueue(sessions(good + "}, {" + good.replaceFirst("\"" + member + "\": [^,]*", changed)));

    var failure = failureOf(smallest());

    assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
    assertThat(failure.status()).isEqualTo(200);
    assertThat(failure).hasMessageContaining(expected).hasMessageContaining(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "null",
        "<html>Sign in</html>",
        "{\"errorCode\": \"INVALID_PARAMETER\", \"errorMessage\": \"Device inactive\"}",
        "{\"sessions\": null, \"id\": null, \"txid\": null, \"status\": \"SUCCESS\"} x",
        "{\"id\": null, \"txid\": null}",
        "{\"sessions\": {}}",
        "{\"sessions\": [null]}",
        "{\"sessions\": []} {}",
      })
  void refusesASuccessThatIsNotThePromisedAnswer(String body) {
    enqueue(body);

    var failure = failureOf(smallest());

    assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
    assertThat(failure).hasMessageContaining("$");
  }

  @Test
  void readsUsageInTheCommonForm() {
    var report = new SessionReport(List.of(MORNING), "1234567890", "t");

    assertThat(report.usageRecords())
        .containsExactly(
            new UsageRecord(
                "thingspace-hyperprecise",
                "1234567890",
                Instant.parse("2022-12-09T22:01:06.217Z"),
                Duration.ofMinutes(30),
                4096,
                null,
                null,
                null));
    assertThat(report.usageRecords("354658090356210"))
        .extracting(UsageRecord::subject)
        .containsExactly("354658090356210");
  }

  @Test
  void countsASessionThatEndsBeforeItStartsWithoutAPeriod() {
    var noon = OffsetDateTime.parse("2022-12-09T12:00:00Z");
    var report =
        new SessionReport(
            List.of(
                new Session(noon, noon.minusNanos(1), 7),
                new Session(noon, noon, 8),
                // The same moment with another offset.
                new Session(noon, OffsetDateTime.parse("2022-12-09T07:00:01-05:00"), 9)),
            "1234567890",
            null);

    assertThat(report.usageRecords())
        .extracting(UsageRecord::totalBytes)
        .containsExactly(7L, 8L, 9L);
    assertThat(report.usageRecords())
        .extracting(UsageRecord::period)
        .containsExactly(null, Duration.ZERO, Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void requiresASubjectIfTheResponseHasNone(String blank) {
    for (var id : new String[] {null, blank}) {
      var report = new SessionReport(List.of(MORNING), id, null);

      assertThatThrownBy(report::usageRecords)
          .isInstanceOfSatisfying(
              ApiException.class,
              failure -> {
                assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
                assertThat(failure.provider()).isEqualTo("thingspace-hyperprecise");
                assertThat(failure.operation()).isEqualTo("POST /hyper-precise/v1/report/sessions");
              })
          .hasMessageContaining("subject");
      assertThat(report.usageRecords("354658090356210")).hasSize(1);
    }
  }

  @Test
  void refusesIncompleteOrContradictingSettingsBeforeSending() {
    var request = client.sessionReport();
    var complete = smallest();

    assertThatThrownBy(request.imei("354658090356210")::execute)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("sessionReport()")
        .hasMessageContaining("accountNumber");
    assertThatThrownBy(request.accountNumber("0844021539-00001")::executeAsync)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("sessionReport()")
        .hasMessageContaining("imei");
    assertThatThrownBy(
            complete.startDate(Instant.EPOCH).endDate(Instant.EPOCH.minusNanos(1))::execute)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sessionReport()")
        .hasMessageContaining("startDate")
        .hasMessageContaining("endDate");
    assertThatThrownBy(complete.durationHigh(9).durationLow(10)::execute)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sessionReport()")
        .hasMessageContaining("durationLow")
        .hasMessageContaining("durationHigh");
    assertThat(server.getRequestCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "1\n2", "1\r2", "1\u00002"})
  void refusesBlankNames(String name) {
    var request = client.sessionReport();

    assertThatThrownBy(() -> request.accountNumber(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("accountNumber");
    assertThatThrownBy(() -> request.imei(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("imei");
  }

  @Test
  void refusesNullAndNegativeSettings() {
    var request = client.sessionReport();

    assertThatThrownBy(() -> request.accountNumber(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("accountNumber");
    assertThatThrownBy(() -> request.imei(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("imei");
    assertThatThrownBy(() -> request.startDate(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("startDate");
    assertThatThrownBy(() -> request.endDate(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("endDate");
    assertThatThrownBy(() -> request.durationLow(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("durationLow");
    assertThatThrownBy(() -> request.durationHigh(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("durationHigh");
  }

  @Test
  void acceptsARangeOfOneMomentAndOneDuration() {
    enqueue("{\"sessions\": []}");

    smallest()
        .startDate(Instant.EPOCH)
        .endDate(Instant.EPOCH)
        .durationLow(5)
        .durationHigh(5)
        .execute();

    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void settersLeaveTheRequestUnchanged() throws InterruptedException {
    enqueue("{\"sessions\": []}");
    var kept = smallest();

    kept.accountNumber("other");
    kept.imei("other");
    kept.startDate(Instant.EPOCH);
    kept.endDate(Instant.EPOCH);
    kept.durationLow(1);
    kept.durationHigh(2);
    kept.execute();

    assertThat(optionsOf(server.takeRequest())).isEmpty();
  }

  @Test
  void keepsEverySettingWhicheverIsSetLast() throws InterruptedException {
    for (int i = 0; i < 2; i++) {
      enqueue("{\"sessions\": []}");
    }
    var first = Instant.parse("2026-01-01T00:00:00Z");
    var last = Instant.parse("2026-01-31T00:00:00Z");

    client
        .sessionReport()
        .durationHigh(2)
        .durationLow(1)
        .endDate(last)
        .startDate(first)
        .imei("354658090356210")
        .accountNumber("0844021539-00001")
        .execute();
    smallest()
        .startDate(first)
        .endDate(last)
        .durationLow(1)
        .durationHigh(2)
        .timeout(Duration.ofSeconds(30))
        .execute();

    assertThat(body(server.takeRequest())).isEqualTo(body(server.takeRequest()));
  }

  @Test
  void returnsTheResponseMetadata() {
    server.enqueue(
        new MockResponse.Builder()
            .code(200)
            .setHeader("X-Request-Id", "r-1")
            .body("{\"sessions\": [], \"txid\": \"t\"}")
            .build());

    var response = smallest().executeWithResponse();

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.requestId()).isEqualTo("r-1");
    assertThat(response.attempts()).isEqualTo(1);
    assertThat(response.value().txid()).isEqualTo("t");
  }

  private SessionReportRequest smallest() {
    return client.sessionReport().accountNumber("0844021539-00001").imei("354658090356210");
  }

  private static ApiException failureOf(SessionReportRequest request) {
    return catchThrowableOfType(ApiException.class, request::execute);
  }

  private static String sessions(String members) {
    return "{\"sessions\": [{" + members + "}]}";
  }

  private void enqueue(String body) {
    server.enqueue(new MockResponse.Builder().code(200).body(body).build());
  }

  /** Returns the members of a request body without the two required ones. */
  private static String optionsOf(RecordedRequest request) {
    return body(request)
        .replaceAll("\"accountNumber\":\"0844021539-00001\"|\"imei\":\"354658090356210\"|[{}]", "")
        .replaceAll("^,+|,+$", "");
  }

  private static String body(RecordedRequest request) {
    return String.valueOf(request.getBody() == null ? null : request.getBody().utf8());
  }

  private static Object json(String text) {
    try {
      return JsonReader.of(new Buffer().writeUtf8(text)).readJsonValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sample(String name) {
    try (var source = Okio.buffer(Okio.source(SessionReportTest.class.getResourceAsStream(name)))) {
      return source.readUtf8();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
