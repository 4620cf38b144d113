package io.simtally.reliability.answers;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import java.util.stream.Stream;
import okio.ByteString;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fuzzes the response of each call, one target per decoder: the result is a typed value or an
 * {@link ApiException}. The seeds are the provider's samples. Unless {@code JAZZER_FUZZ} is set,
 * only the seeds and the stored findings run.
 */
final class AnswerFuzzTest {
  private static final MemoryAnswer ANSWER = new MemoryAnswer();
  private static final Clients CLIENTS = ANSWER.clients();

  @MethodSource("iotx")
  @FuzzTest
  void iotxByDirection(byte[] body) {
    answer(body, Call.IOTX_DATA_USAGE);
  }

  @MethodSource("iotx")
  @FuzzTest
  void iotxBySubscriber(byte[] body) {
    answer(body, Call.IOTX_DATA_USAGE_BY_SUBSCRIBER);
  }

  @MethodSource("iotx")
  @FuzzTest
  void iotxSessionCount(byte[] body) {
    answer(body, Call.IOTX_SESSION_COUNT);
  }

  @MethodSource("iotx")
  @FuzzTest
  void iotxSubscriberSessionCount(byte[] body) {
    answer(body, Call.IOTX_SUBSCRIBER_SESSION_COUNT);
  }

  @MethodSource("iotx")
  @FuzzTest
  void iotxByNetworkProtocol(byte[] body) {
    answer(body, Call.IOTX_DATA_USAGE_BY_NETWORK_PROTOCOL);
  }

  @MethodSource("iotx")
  @FuzzTest
  void iotxByIpAddress(byte[] body) {
    answer(body, Call.IOTX_DATA_USAGE_BY_IP_ADDRESS);
  }

  @MethodSource("mason")
  @FuzzTest
  void masonAggregate(byte[] body) {
    answer(body, Call.MASON_AGGREGATE_SIMS);
  }

  @MethodSource("mason")
  @FuzzTest
  void masonSeries(byte[] body) {
    answer(body, Call.MASON_SERIES_ACCOUNT);
  }

  @MethodSource("alef")
  @FuzzTest
  void alefSeries(byte[] body) {
    answer(body, Call.ALEF_SUBSCRIBER_BYTE_USAGE);
  }

  @MethodSource("alef")
  @FuzzTest
  void alefSnapshot(byte[] body) {
    answer(body, Call.ALEF_BYTES_NOW);
  }

  @MethodSource("m2m")
  @FuzzTest
  void m2mUsageHistory(byte[] body) {
    answer(body, Call.M2M_USAGE_BY_DEVICE);
  }

  @MethodSource("hyperPrecise")
  @FuzzTest
  void hyperPreciseSessions(byte[] body) {
    answer(body, Call.HYPER_PRECISE_SESSION_REPORT);
  }

  static Stream<byte[]> iotx() {
    return samples("iotx/");
  }

  static Stream<byte[]> mason() {
    return samples("mason/");
  }

  static Stream<byte[]> alef() {
    return samples("alef/");
  }

  static Stream<byte[]> m2m() {
    return samples("thingspace-m2m/");
  }

  static Stream<byte[]> hyperPrecise() {
    return samples("thingspace-hyperprecise/");
  }

  /** Fuzzes a compressed response that arrives completely. */
  @MethodSource("compressed")
  @FuzzTest
  void gzip(byte[] body) {
    var network = new MemoryNetwork();
    network.answer(200, "Content-Encoding: gzip\r\n", ByteString.of(body));
    try (var clients = Clients.over(network)) {
      execute(Call.MASON_SERIES_ACCOUNT, clients);
    }
    assertThat(network.connections()).isEqualTo(1);
  }

  static Stream<byte[]> compressed() {
    return Sample.all()
        .filter(sample -> sample.file().startsWith("mason/series"))
        .map(sample -> Sample.gzip(sample.bytes()).toByteArray());
  }

  private static Stream<byte[]> samples(String folder) {
    return Sample.all()
        .filter(sample -> sample.file().startsWith(folder))
        .map(sample -> sample.bytes().toByteArray());
  }

  private static void answer(byte[] body, Call call) {
    ANSWER.set(ByteString.of(body));
    execute(call, CLIENTS);
  }

  private static void execute(Call call, Clients clients) {
    try {
      assertThat(call.execute(clients).toString()).isNotEmpty();
    } catch (ApiException e) {
      assertThat(e.kind()).isIn(Kind.UNREADABLE_RESPONSE, Kind.PAGING_STALLED);
      assertThat(e.getMessage()).hasSizeLessThan(2048);
    }
  }
}
