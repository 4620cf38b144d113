package io.simtally.reliability.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.RetryPolicy;
import io.simtally.mason.MasonUsage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.stream.Stream;
import okio.Buffer;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies with wrong compression or size, and the bodies of error responses. */
final class BrokenBodiesTest {
  private static final String GZIP = "Content-Encoding: gzip\r\n";
  private static final RetryPolicy QUICK =
      RetryPolicy.standard().delays(Duration.ofMillis(1), Duration.ofMillis(1));
  private static final Sample SAMPLE =
      new Sample("mason/series-account.json", Call.MASON_SERIES_ACCOUNT);
  private static final int TRAILER = 8;

  private final MemoryNetwork network = new MemoryNetwork();
  private Clients clients;

  @BeforeEach
  void start() {
    clients = Clients.over(network, QUICK);
  }

  @AfterEach
  void stop() {
    clients.close();
  }

  @ParameterizedTest
  @MethodSource("lies")
  void doesNotRetryACompleteBodyThatIsNoGzip(String what, ByteString body) {
    network.answer(200, GZIP, body);

    var failure = failure(SAMPLE.call());

    assertThat(failure.kind()).as(what).isEqualTo(Kind.UNREADABLE_RESPONSE);
    assertThat(failure.attempts()).isEqualTo(1);
    assertThat(network.connections()).isEqualTo(1);
  }

  static Stream<Arguments> lies() {
    var compressed = Sample.gzip(SAMPLE.bytes());
    var wrongSum = compressed.toByteArray();
    wrongSum[compressed.size() - TRAILER] ^= 1;
    var wrongSize = compressed.toByteArray();
    wrongSize[compressed.size() - 1] ^= 1;
    var wrongMiddle = compressed.toByteArray();
    wrongMiddle[compressed.size() / 2] ^= 0x55;
    return Map.of(
            "plain JSON", SAMPLE.bytes(),
            "a page", ByteString.encodeUtf8("<html>Sign in</html>"),
            "nothing", ByteString.EMPTY,
            "half a header", compressed.substring(0, 5),
            "the half", compressed.substring(0, compressed.size() / 2),
            "without its checksum", compressed.substring(0, compressed.size() - TRAILER),
            "garbage behind", new Buffer().write(compressed).writeUtf8("xyz").readByteString(),
            "a wrong checksum", ByteString.of(wrongSum),
            "a wrong size", ByteString.of(wrongSize),
            "a wrong byte", ByteString.of(wrongMiddle))
        .entrySet()
        .stream()
        .map(lie -> arguments(lie.getKey(), lie.getValue()));
  }

  @Test
  void doesNotUnpackAGzipInAGzip() {
    network.answer(200, GZIP, Sample.gzip(Sample.gzip(SAMPLE.bytes())));

    assertThat(failure(SAMPLE.call()).kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
  }

  @Test
  void retriesATruncatedGzipThatTheConnectionEnds() {
    var compressed = Sample.gzip(SAMPLE.bytes());
    network.raw(
        "HTTP/1.1 200 OK\r\n" + GZIP + "\r\n", compressed.substring(0, compressed.size() / 2));

    var failure = failure(SAMPLE.call());

    // This looks exactly like a lost connection.
    assertThat(failure.kind()).isEqualTo(Kind.CONNECTION);
    assertThat(network.connections()).isEqualTo(3);
  }

  @Test
  void doesNotRetryACompleteChunkedBodyThatIsNoGzip() {
    network.raw(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n" + GZIP + "\r\n",
        ByteString.encodeUtf8("5\r\nhello\r\n0\r\n\r\n"));

    assertThat(failure(SAMPLE.call()).kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
    assertThat(network.connections()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"1048576, 100", "67108864, 65"})
  void stopsUnpackingAtTheLimit(long bound, int mebibytes) {
    network.answer(200, GZIP, bomb(mebibytes));
    try (var mason =
        MasonUsage.builder()
            .httpClient(network.client())
            .baseUrl("http://127.0.0.1")
            .apiKey("mason-0123456789")
            .retryPolicy(QUICK)
            .maxBodyBytes(bound)
            .build()) {
      var failure =
          catchThrowableOfType(
              ApiException.class,
              () ->
                  mason
                      .seriesAccountUsage()
                      .start(OffsetDateTime.parse("2022-07-07T00:00:00Z"))
                      .end(OffsetDateTime.parse("2022-07-08T00:00:00Z"))
                      .execute());

      assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
      assertThat(failure).hasMessageContaining("maxBodyBytes").hasMessageContaining("" + bound);
      assertThat(network.connections()).isEqualTo(1);
    }
  }

  /** Returns a valid response of very many equal rows, compressed to a thousandth of its size. */
  private static ByteString bomb(int mebibytes) {
    var row =
        """
        {"day":"2022-07-07T00:00:00Z","upload":1,"download":2,"total":3,"unit":"bytes"},\
        """;
    var json = new Buffer().writeUtf8("{\"data\":[");
    var rows = ByteString.encodeUtf8(row.repeat((1 << 20) / row.length() + 1));
    for (int i = 0; i < mebibytes; i++) {
      json.write(rows);
    }
    json.writeUtf8(row.substring(0, row.length() - 1)).writeUtf8("]}");
    return Sample.gzip(json.readByteString());
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void mapsAnErrorByItsStatusWhateverItsBody(String what, String headers, ByteString body) {
    var expected =
        Map.of(
            400, Kind.INVALID_REQUEST,
            404, Kind.NOT_FOUND,
            409, Kind.CONFLICT,
            418, Kind.UNEXPECTED_STATUS,
            501, Kind.SERVER_ERROR);
    expected.forEach(
        (status, kind) -> {
          for (var call :
              new Call[] {
                Call.IOTX_DATA_USAGE,
                Call.MASON_SERIES_ACCOUNT,
                Call.ALEF_SUBSCRIBER_BYTE_USAGE,
                Call.M2M_USAGE_BY_DEVICE,
                Call.HYPER_PRECISE_SESSION_REPORT
              }) {
            network.answer(status, headers, body);

            var failure = failure(call);

            assertThat(failure.kind()).as("%s, %s, %s", what, status, call).isEqualTo(kind);
            assertThat(failure.status()).isEqualTo(status);
            assertThat(failure.attempts()).isEqualTo(1);
            assertThat(failure.body().getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(8192);
            assertThat(failure.getMessage()).hasSizeLessThan(20_000);
          }
        });
  }

  static Stream<Arguments> refusals() {
    var json = ByteString.encodeUtf8("{\"errorCode\":\"X\",\"errorMessage\":\"Y\"}");
    return Stream.of(
        refusal("nothing", "", ""),
        refusal("a page", "", "<html><body>Bad gateway</body></html>"),
        refusal("a page, too long", "", "<html>" + "x".repeat(1 << 20)),
        refusal("a message, too long", "", "{\"message\":\"" + "x".repeat(1 << 20) + "\"}"),
        refusal("depth", "", "[".repeat(100_000)),
        refusal("depth in objects", "", "{\"error\":".repeat(100_000)),
        refusal("digits", "", "{\"errorCode\":" + "1".repeat(1 << 20) + "}"),
        refusal("half of it", "", "{\"errorCode\":\"X\",\"errorMess"),
        refusal("members twice", "", "{\"errorCode\":\"X\",\"errorCode\":\"Y\"}"),
        refusal("nulls", "", "{\"errorCode\":null,\"error\":null,\"fault\":null}"),
        refusal("arrays", "", "{\"errorCode\":[],\"error\":[{}],\"message\":{}}"),
        refusal("half a pair", "", "{\"errorCode\":\"\\ud800\",\"errorMessage\":\"\\u0000\"}"),
        refusal("zeros", "", "\0".repeat(5000)),
        refusal("a byte order mark", "", "\ufeff{\"errorCode\":\"X\"}"),
        arguments("no text", "", ByteString.decodeHex("ff".repeat(20_000))),
        arguments("no gzip", GZIP, json),
        arguments("half a gzip", GZIP, Sample.gzip(json).substring(0, 20)),
        arguments("a bomb", GZIP, bomb(20)));
  }

  private static Arguments refusal(String what, String headers, String body) {
    return arguments(what, headers, ByteString.encodeUtf8(body));
  }

  @ParameterizedTest
  @CsvSource({"400, INVALID_REQUEST", "401, UNAUTHENTICATED", "403, FORBIDDEN"})
  void mapsAnErrorByItsStatusIfItsBodyIsCutOff(int status, Kind kind) {
    network.answer(status, "", ByteString.encodeUtf8("{\"errorCode\":\"INV"), 1000);

    assertThat(failure(Call.MASON_SERIES_ACCOUNT).kind()).isEqualTo(kind);
  }

  /** The lost part may be the error code of an expired session. */
  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403})
  void isALostConnectionIfTheRefusedTokenIsUnknown(int status) {
    network.answer(status, "", ByteString.encodeUtf8("{\"errorCode\":\"INV"), 1000);

    assertThat(failure(Call.M2M_USAGE_BY_DEVICE).kind()).isEqualTo(Kind.CONNECTION);
  }

  @ParameterizedTest
  @CsvSource({
    "400, INVALID_REQUEST",
    "401, UNAUTHENTICATED",
    "403, FORBIDDEN",
    "404, NOT_FOUND",
    "409, CONFLICT",
    "500, SERVER_ERROR"
  })
  void mapsADocumentedErrorByItsStatusWhereverItIsCut(int status, Kind kind) {
    var body = Sample.bytes("thingspace-hyperprecise/error-" + status + ".json");
    for (int length = 0; length <= body.size(); length++) {
      network.answer(status, "", body.substring(0, length));

      var failure = failure(Call.HYPER_PRECISE_SESSION_REPORT);

      assertThat(failure.kind()).as("cut at %d", length).isEqualTo(kind);
      assertThat(failure.body()).isEqualTo(body.substring(0, length).utf8());
    }
  }

  private ApiException failure(Call call) {
    var failure = catchThrowableOfType(ApiException.class, () -> call.execute(clients));
    assertThat(failure).isNotNull();
    return failure;
  }
}
