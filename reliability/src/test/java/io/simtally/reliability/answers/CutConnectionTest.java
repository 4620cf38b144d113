package io.simtally.reliability.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import okio.Buffer;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Responses over real sockets: a cut response is retried, a complete but broken one is not. */
final class CutConnectionTest {
  private final MockWebServer server = new MockWebServer();
  private final OkHttpClient http = new OkHttpClient();
  private Clients clients;

  @BeforeEach
  void start() throws IOException {
    server.start();
    var quick = RetryPolicy.standard().delays(Duration.ofMillis(1), Duration.ofMillis(1));
    clients = Clients.over(http, server.url("/").toString(), quick);
  }

  @AfterEach
  void stop() {
    clients.close();
    http.connectionPool().evictAll();
    server.close();
  }

  @ParameterizedTest
  @MethodSource("oneOfEachProvider")
  void retriesAResponseThatIsCutAnywhere(Sample sample) {
    var body = sample.bytes();
    for (int length : new int[] {0, 1, body.size() / 2, body.size() - 1}) {
      server.enqueue(cut(body, length));
      server.enqueue(whole(body));

      var repeated = sample.call().execute(clients);

      server.enqueue(whole(body));
      assertThat(repeated).as("cut at %d", length).isEqualTo(sample.call().execute(clients));
    }
    assertThat(server.getRequestCount()).isEqualTo(4 * 3);
  }

  static Stream<Sample> oneOfEachProvider() {
    return Stream.of(
        new Sample("iotx/data-usage.json", Call.IOTX_DATA_USAGE),
        new Sample("mason/series-account.json", Call.MASON_SERIES_ACCOUNT),
        new Sample("alef/subscriber-byte-usage.response.json", Call.ALEF_SUBSCRIBER_BYTE_USAGE),
        new Sample("thingspace-m2m/usage-by-device.response.json", Call.M2M_USAGE_BY_DEVICE),
        new Sample(
            "thingspace-hyperprecise/session-report.response.json",
            Call.HYPER_PRECISE_SESSION_REPORT));
  }

  @Test
  void reportsALostConnectionIfEveryResponseIsCut() {
    var sample = new Sample("mason/series-account.json", Call.MASON_SERIES_ACCOUNT);
    for (int i = 0; i < 3; i++) {
      server.enqueue(cut(sample.bytes(), 100));
    }

    var failure = failure(sample);

    assertThat(failure.kind()).isEqualTo(Kind.CONNECTION);
    assertThat(failure.attempts()).isEqualTo(3);
  }

  @Test
  void retriesCutChunksAndGzip() {
    var sample = new Sample("mason/series-account.json", Call.MASON_SERIES_ACCOUNT);
    var compressed = Sample.gzip(sample.bytes());
    server.enqueue(
        new MockResponse.Builder()
            .chunkedBody(sample.bytes().utf8(), 100)
            .onResponseBody(new SocketEffect.CloseSocket())
            .build());
    server.enqueue(
        cut(compressed, compressed.size() - 1)
            .newBuilder()
            .addHeader("Content-Encoding", "gzip")
            .build());
    server.enqueue(whole(sample.bytes()));

    var repeated = sample.call().execute(clients);

    server.enqueue(whole(sample.bytes()));
    assertThat(repeated).isEqualTo(sample.call().execute(clients));
    assertThat(server.getRequestCount()).isEqualTo(4);
  }

  @Test
  void doesNotRetryACompleteBodyThatIsNoGzip() {
    var sample = new Sample("mason/series-account.json", Call.MASON_SERIES_ACCOUNT);
    server.enqueue(
        whole(sample.bytes()).newBuilder().addHeader("Content-Encoding", "gzip").build());

    assertThat(failure(sample).kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  private ApiException failure(Sample sample) {
    return catchThrowableOfType(ApiException.class, () -> sample.call().execute(clients));
  }

  private static MockResponse whole(ByteString body) {
    return new MockResponse.Builder().body(new Buffer().write(body)).build();
  }

  private static MockResponse cut(ByteString body, int length) {
    return new MockResponse.Builder()
        .body(new Buffer().write(body.substring(0, length)))
        .setHeader("Content-Length", body.size())
        .onResponseEnd(new SocketEffect.CloseSocket())
        .build();
  }
}
