package io.simtally.thingspace.m2m;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

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
import java.util.OptionalLong;
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

class UsageHistoryTest {
  private static final DeviceId DEVICE = DeviceId.eid("50684915885088839315521399821675");

  private final MockWebServer server = new MockWebServer();
  private ThingSpaceM2m client;

  @BeforeEach
  void start() throws IOException {
    server.start();
    client =
        ThingSpaceM2m.builder()
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
  void sendsTheDocumentedRequestForADevice() throws InterruptedException {
    enqueue(200, sample("usage-by-device.response.json"));

    sampleRequest().execute();

    var request = server.takeRequest();
    assertThat(request.getRequestLine())
        .isEqualTo("POST /api/m2m/v1/devices/usage/actions/list HTTP/1.1");
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer the-bearer");
    assertThat(request.getHeaders().get("VZ-M2M-Token")).isEqualTo("the-session");
    assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
    assertThat(request.getHeaders().get("User-Agent")).startsWith("simtally/");
    assertThat(json(body(request))).isEqualTo(json(sample("usage-by-device.request.json")));
  }

  @Test
  void sendsTheDocumentedRequestForALabel() throws InterruptedException {
    enqueue(200, sample("usage-by-label.response.json"));

    client
        .usageHistory()
        .label("VIN", "VINMwertty9")
        .earliest(Instant.parse("2018-03-20T00:00:01Z"))
        .latest(Instant.parse("2020-12-31T00:00:01Z"))
        .execute();

    assertThat(json(body(server.takeRequest())))
        .isEqualTo(json(sample("usage-by-label.request.json")));
  }

  @Test
  void readsTheWholeDocumentedAnswerForADevice() {
    enqueue(200, sample("usage-by-device.response.json"));

    assertThat(sampleRequest().execute())
        .isEqualTo(
            new UsageHistory(
                DEVICE,
                List.of(
                    rtrDay("2020-12-01T00:00:00Z", 4096, "2048"),
                    rtrDay("2020-12-02T00:00:00Z", 8192, "4096"),
                    rtrDay("2020-12-09T00:00:00Z", 4096, "2048")),
                false));
  }

  @Test
  void readsTheWholeDocumentedAnswerForALabel() {
    enqueue(200, sample("usage-by-label.response.json"));

    var answer = sampleRequest().execute();

    assertThat(answer)
        .isEqualTo(
            new UsageHistory(
                new DeviceId("Eid", "50684915885088839315521399821675"),
                List.of(
                    day("2020-12-01T00:00:00Z", 4096),
                    day("2020-12-02T00:00:00Z", 8192),
                    day("2020-12-09T00:00:00Z", 4096)),
                false));
    assertThat(answer.deviceId()).isEqualTo(DEVICE).hasSameHashCodeAs(DEVICE);
    assertThat(answer.next()).isEmpty();
  }

  @Test
  void readsExtendedAttributesInAnyCase() {
    enqueue(
        200,
        """
        {"hasMoreData": "false", "usageHistory": [{"bytesUsed": "105369575", "smsUsed": "3",
          "timestamp": "2016-06-01T21:45:39-04:00", "source": "Usage Feed", "servicePlan": "m2m_4G",
          "surprise": {"a": [1]}, "extendedAttributes": [
            {"key": "mosms", "value": "1"}, {"key": "MtSMS", "value": 2},
            {"key": "domesticUsage", "value": ""}, {"key": "internationalUsage", "value": null}]}]}
        """);

    var day = sampleRequest().execute().usageHistory().get(0);

    assertThat(day.bytesUsed()).isEqualTo(105369575);
    assertThat(day.smsUsed()).isEqualTo(3);
    assertThat(day.timestamp()).isEqualTo(OffsetDateTime.parse("2016-06-01T21:45:39-04:00"));
    assertThat(day.source()).isEqualTo("Usage Feed");
    assertThat(day.servicePlan()).isEqualTo("m2m_4G");
    assertThat(day.moSms()).isEqualTo(OptionalLong.of(1));
    assertThat(day.mtSms()).isEqualTo(OptionalLong.of(2));
    assertThat(day.domesticUsage()).isEmpty();
    assertThat(day.internationalUsage()).isEmpty();
  }

  @Test
  void readsBytesBeyondTheRangeOfAnInt() {
    enqueue(200, row("\"bytesUsed\": 9007199254740993"));

    assertThat(sampleRequest().execute().usageHistory().get(0).bytesUsed())
        .isEqualTo(9007199254740993L);
  }

  @Test
  void readsAnAnswerWithoutRowsAsEmpty() {
    enqueue(200, "{\"hasMoreData\": false}");

    assertThat(sampleRequest().execute()).isEqualTo(new UsageHistory(null, List.of(), false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"smsUsed\": 0                               | bytesUsed | $.usageHistory[0]",
        "\"bytesUsed\": null, \"smsUsed\": 0          | bytes     | $.usageHistory[0].bytesUsed",
        "\"bytesUsed\": \"\", \"smsUsed\": 0          | bytes     | $.usageHistory[0].bytesUsed",
        "\"bytesUsed\": \"many\", \"smsUsed\": 0      | bytes     | $.usageHistory[0].bytesUsed",
        "\"bytesUsed\": 1.5, \"smsUsed\": 0           | long      | $.usageHistory[0].bytesUsed",
        "\"bytesUsed\": -1, \"smsUsed\": 0            | bytes     | $.usageHistory[0].bytesUsed",
        "\"bytesUsed\": 9223372036854775808           | long      | $.usageHistory[0].bytesUsed",
        "\"bytesUsed\": 1                             | smsUsed   | $.usageHistory[0]",
        "\"bytesUsed\": 1, \"timestamp\": \"noon\"    | time      | $.usageHistory[0].timestamp",
        "\"bytesUsed\": 1, \"timestamp\": null        | time      | $.usageHistory[0].timestamp",
        "\"bytesUsed\": 1, \"timestamp\": \"2020-12-01T00:00:00\" | time | .timestamp",
      })
  void refusesARowItCannotReadExactly(String members, String expected, String path) {
    var timestamp =
        members.contains("timestamp") ? "" : ", \"timestamp\": \"2020-12-01T00:00:00Z\"";
    enqueue(200, "{\"usageHistory\": [{" + members + timestamp + "}], \"hasMoreData\": false}");

    var failure = failureOf(sampleRequest());

    assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
    assertThat(failure.status()).isEqualTo(200);
    assertThat(failure).hasMessageContaining(expected).hasMessageContaining(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kind", "id"})
  void refusesAnIdentifierThatNoDeviceCanHave(String member) {
    var odd =
        "{\"kind\": \"imei\", \"id\": \"1\"}".replaceFirst("(" + member + "\": \")", "$1\\\\n");
    enqueue(200, "{\"deviceId\": " + odd + ", \"hasMoreData\": false}");

    var failure = failureOf(sampleRequest());

    assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
    assertThat(failure).hasMessageContaining("device").hasMessageContaining("$.deviceId");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{}", "null", "<html>Sign in</html>", "{\"hasMoreData\": false} {}"})
  void refusesASuccessThatIsNotThePromisedAnswer(String body) {
    enqueue(200, body);

    assertThat(failureOf(sampleRequest()).kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"errorCode": "UnifiedWebService.INPUT_INVALID.Device.Kind.Invalid",
         "errorMessage": "Device kind is invalid."}""",
        """
        {"hasMoreData": false, "errorCode": "UnifiedWebService.INPUT_INVALID.Device.Kind.Invalid",
         "errorMessage": "Device kind is invalid."}""",
        """
        {"hasMoreData": true, "usageHistory": [], "errorMessage": "Device kind is invalid.",
         "errorCode": "UnifiedWebService.INPUT_INVALID.Device.Kind.Invalid"}""",
      })
  void neverReadsTheDocumentedErrorAsAnEmptyAnswer(String body) {
    enqueue(200, body);

    var failure = failureOf(sampleRequest());

    assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
    assertThat(failure.code()).isEqualTo("UnifiedWebService.INPUT_INVALID.Device.Kind.Invalid");
    assertThat(failure.providerMessage()).isEqualTo("Device kind is invalid.");
  }

  @Test
  void readsUsageInTheCommonForm() {
    enqueue(200, sample("usage-by-device.response.json"));

    assertThat(sampleRequest().execute().usageRecords())
        .first()
        .isEqualTo(
            new UsageRecord(
                "thingspace-m2m",
                "50684915885088839315521399821675",
                Instant.parse("2020-12-01T00:00:00Z"),
                Duration.ofDays(1),
                4096,
                null,
                null,
                "Raw Usage"));
  }

  @Test
  void distinguishesTheSourcesOfADayInTheCommonForm() {
    enqueue(
        200,
        """
        {"hasMoreData": false, "deviceId": {"id": "8944", "kind": "iccid"}, "usageHistory": [
          {"timestamp": "2020-12-01T00:00:00Z", "bytesUsed": 10, "smsUsed": 0, "source": "Raw Usage"},
          {"timestamp": "2020-12-01T00:00:00Z", "bytesUsed": 12, "smsUsed": 0, "source": "Usage Feed"},
          {"timestamp": "2020-12-02T00:00:00Z", "bytesUsed": 5, "smsUsed": 0}
        ]}""");

    assertThat(sampleRequest().execute().usageRecords())
        .extracting(UsageRecord::start, UsageRecord::totalBytes, UsageRecord::source)
        .containsExactly(
            tuple(Instant.parse("2020-12-01T00:00:00Z"), 10L, "Raw Usage"),
            tuple(Instant.parse("2020-12-01T00:00:00Z"), 12L, "Usage Feed"),
            tuple(Instant.parse("2020-12-02T00:00:00Z"), 5L, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "many", "1.5", "١", "9223372036854775808"})
  void returnsNoNumberOfAnAttributeWithText(String value) {
    enqueue(
        200,
        """
        {"hasMoreData": false, "usageHistory": [
          {"timestamp": "2020-12-01T00:00:00Z", "bytesUsed": 1, "smsUsed": 0,
           "extendedAttributes": [{"key": "domesticUsage", "value": "%s"}]}]}"""
            .formatted(value));

    var day = sampleRequest().execute().usageHistory().get(0);

    assertThat(day.domesticUsage()).isEmpty();
    assertThat(day.extendedAttributes())
        .containsExactly(new ExtendedAttribute("domesticUsage", value));
  }

  @Test
  void requiresASubjectIfTheResponseHasNone() {
    var answer = new UsageHistory(null, List.of(day("2020-12-01T00:00:00Z", 1)), false);

    assertThatThrownBy(answer::usageRecords)
        .isInstanceOfSatisfying(
            ApiException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
              assertThat(failure.provider()).isEqualTo("thingspace-m2m");
              assertThat(failure.operation()).isEqualTo("POST /m2m/v1/devices/usage/actions/list");
            })
        .hasMessageContaining("subject");
    assertThat(answer.usageRecords("VIN 9")).extracting(UsageRecord::subject).contains("VIN 9");
  }

  @Test
  void sendsTimesInUtcAndWholeSeconds() throws InterruptedException {
    enqueue(200, "{\"hasMoreData\": false}");

    client
        .usageHistory()
        .device(new DeviceId("IMEI", "354394080001238"))
        .earliest(OffsetDateTime.parse("2026-01-01T05:30:00.9+05:30").toInstant())
        .latest(OffsetDateTime.parse("2026-01-31T23:59:59.999-08:00").toInstant())
        .execute();

    assertThat(body(server.takeRequest()))
        .contains("\"earliest\":\"2026-01-01T00:00:00Z\"")
        .contains("\"latest\":\"2026-02-01T07:59:59Z\"")
        .contains("\"kind\":\"imei\"");
  }

  @Test
  void reportsTheProvidersOwnWords() {
    enqueue(
        400,
        """
        {"errorCode":"UnifiedWebService.REQUEST_FAILED.DeviceNotFound",
         "errorMessage":"Device could not be found."}""");

    var failure = failureOf(sampleRequest());

    assertThat(failure.kind()).isEqualTo(Kind.INVALID_REQUEST);
    assertThat(failure.code()).isEqualTo("UnifiedWebService.REQUEST_FAILED.DeviceNotFound");
    assertThat(failure.providerMessage()).isEqualTo("Device could not be found.");
    assertThat(failure.provider()).isEqualTo("thingspace-m2m");
    assertThat(failure.operation()).isEqualTo("POST /m2m/v1/devices/usage/actions/list");
    assertThat(failure.attempts()).isEqualTo(1);
    assertThat(failure)
        .hasMessageContaining("POST /m2m/v1/devices/usage/actions/list")
        .hasMessageContaining("DeviceNotFound")
        .hasMessageContaining("Device could not be found.");
  }

  @Test
  void refusesIncompleteOrContradictingSettingsBeforeSending() {
    var request = client.usageHistory();
    var range = request.earliest(Instant.EPOCH).latest(Instant.EPOCH);

    assertThatThrownBy(range::execute)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("usageHistory()")
        .hasMessageContaining("device or label");
    assertThatThrownBy(range.device(DEVICE).label("VIN", "9")::execute)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not both");
    assertThatThrownBy(request.device(DEVICE).latest(Instant.EPOCH)::execute)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("earliest");
    assertThatThrownBy(request.device(DEVICE).earliest(Instant.EPOCH)::executeAsync)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("latest");
    assertThatThrownBy(range.device(DEVICE).latest(Instant.EPOCH.minusSeconds(1))::execute)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("earliest");
    assertThatThrownBy(() -> request.label("a name of 21 characters", "9"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("label name");
    assertThatThrownBy(() -> request.device(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("device");
    assertThatThrownBy(() -> DeviceId.imei("1\n2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("id");
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void settersLeaveTheRequestUnchanged() throws InterruptedException {
    enqueue(200, "{\"hasMoreData\": false}");
    var january = sampleRequest();

    assertThat(january.latest(Instant.parse("2021-12-31T00:00:01Z"))).isNotSameAs(january);
    january.execute();

    assertThat(body(server.takeRequest())).contains("2020-12-31T00:00:01Z");
  }

  private UsageHistoryRequest sampleRequest() {
    return client
        .usageHistory()
        .device(DEVICE)
        .earliest(Instant.parse("2018-03-20T00:00:01Z"))
        .latest(Instant.parse("2020-12-31T00:00:01Z"));
  }

  private static ApiException failureOf(UsageHistoryRequest request) {
    return catchThrowableOfType(ApiException.class, request::execute);
  }

  private static DailyUsage rtrDay(String timestamp, long bytes, String half) {
    return new DailyUsage(
        OffsetDateTime.parse(timestamp),
        bytes,
        0,
        "Raw Usage",
        null,
        List.of(
            new ExtendedAttribute("MoSms", "0"),
            new ExtendedAttribute("MtSms", "0"),
            new ExtendedAttribute("domesticUsage", half),
            new ExtendedAttribute("internationalUsage", half)));
  }

  private static DailyUsage day(String timestamp, long bytes) {
    return new DailyUsage(
        OffsetDateTime.parse(timestamp),
        bytes,
        0,
        "Raw Usage",
        null,
        List.of(new ExtendedAttribute("MoSms", "0"), new ExtendedAttribute("MtSms", "0")));
  }

  private static String row(String members) {
    return "{\"hasMoreData\": false, \"usageHistory\": [{"
        + members
        + ", \"smsUsed\": 0, \"timestamp\": \"2020-12-01T00:00:00Z\"}]}";
  }

  private void enqueue(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }

  private static String body(RecordedRequest request) {
    return String.valueOf(request.getBody() == null ? null : request.getBody().utf8());
  }

  private static Object json(String text) {
    try {
      return String.valueOf(JsonReader.of(new Buffer().writeUtf8(text)).readJsonValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sample(String name) {
    try (var source = Okio.buffer(Okio.source(UsageHistoryTest.class.getResourceAsStream(name)))) {
      return source.readUtf8();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
