package io.simtally.reliability.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import java.util.stream.IntStream;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cuts every sample at every byte: the outcome is an exception or the same value, never a different
 * one.
 */
final class TruncatedAnswersTest {
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String GZIP = JSON + "Content-Encoding: gzip\r\n";

  /**
   * The step between cuts over a connection, which costs more than decoding. It is a prime, to hit
   * all kinds of bytes.
   */
  private static final int STEP = 7;

  private final MemoryAnswer decoded = new MemoryAnswer();
  private final MemoryNetwork network = new MemoryNetwork();
  private Clients decoders;
  private Clients clients;

  @BeforeEach
  void start() {
    decoders = decoded.clients();
    clients = Clients.over(network);
  }

  @AfterEach
  void stop() {
    decoders.close();
    clients.close();
  }

  @ParameterizedTest
  @MethodSource("io.simtally.reliability.answers.Sample#all")
  void neverReadsACutBodyAsAnotherValue(Sample sample) {
    var body = sample.bytes();
    decoded.set(body);
    var whole = sample.call().execute(decoders);

    for (int length = 0; length < body.size(); length++) {
      decoded.set(body.substring(0, length));
      Object answer;
      try {
        answer = sample.call().execute(decoders);
      } catch (ApiException e) {
        assertThat(e.kind()).as("cut at %d", length).isEqualTo(Kind.UNREADABLE_RESPONSE);
        continue;
      }
      assertThat(answer).as("cut at %d", length).isEqualTo(whole);
      assertThat(body.substring(length).utf8()).as("cut at %d", length).isBlank();
    }
  }

  @ParameterizedTest
  @MethodSource("io.simtally.reliability.answers.Sample#all")
  void reportsALostConnectionIfTheNetworkCutsABody(Sample sample) {
    var body = sample.bytes();

    offsets(body)
        .forEach(
            length -> {
              network.answer(200, JSON, body.substring(0, length), body.size());
              failsAs(Kind.CONNECTION, sample, length);
            });
  }

  @ParameterizedTest
  @MethodSource("io.simtally.reliability.answers.Sample#all")
  void reportsHalfAGzipInACompleteBodyAsUnreadable(Sample sample) {
    var body = Sample.gzip(sample.bytes());

    offsets(body)
        .forEach(
            length -> {
              network.answer(200, GZIP, body.substring(0, length));
              failsAs(Kind.UNREADABLE_RESPONSE, sample, length);
            });
  }

  @ParameterizedTest
  @MethodSource("io.simtally.reliability.answers.Sample#all")
  void reportsALostConnectionIfTheNetworkCutsAGzip(Sample sample) {
    var body = Sample.gzip(sample.bytes());
    network.answer(200, GZIP, body);
    sample.call().execute(clients);

    offsets(body)
        .forEach(
            length -> {
              network.answer(200, GZIP, body.substring(0, length), body.size());
              failsAs(Kind.CONNECTION, sample, length);
            });
  }

  /** Returns every seventh offset and all of the last ones. */
  private static IntStream offsets(ByteString body) {
    return IntStream.range(0, body.size())
        .filter(offset -> offset % STEP == 0 || offset >= body.size() - 10);
  }

  private void failsAs(Kind kind, Sample sample, int length) {
    var failure = catchThrowableOfType(ApiException.class, () -> sample.call().execute(clients));
    assertThat(failure).as("cut at %d", length).isNotNull();
    assertThat(failure.kind()).as("cut at %d", length).isEqualTo(kind);
  }
}
