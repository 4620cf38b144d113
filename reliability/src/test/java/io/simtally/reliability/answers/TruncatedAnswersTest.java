package io.simtally.reliability.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample, cut at every byte: an exception or the same answer, never a different one. */
final class TruncatedAnswersTest {
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String GZIP = JSON + "Content-Encoding: gzip\r\n";

  private MemoryNetwork network;
  private Clients clients;

  @BeforeEach
  void start() {
    network = new MemoryNetwork();
    clients = Clients.over(network);
  }

  @AfterEach
  void stop() {
    clients.close();
  }

  @ParameterizedTest
  @MethodSource("io.simtally.reliability.answers.Sample#all")
  void neverTakesAShorterBodyForAnotherAnswer(Sample sample) {
    var body = sample.bytes();
    var whole = answered(sample, JSON, body);

    for (int length = 0; length < body.size(); length++) {
      network.answer(200, JSON, body.substring(0, length));
      sameAnswerOr(Kind.UNREADABLE_RESPONSE, sample, whole, length);
    }
  }

  @ParameterizedTest
  @MethodSource("io.simtally.reliability.answers.Sample#all")
  void callsABodyThatTheNetworkCutsALostConnection(Sample sample) {
    var body = sample.bytes();
    answered(sample, JSON, body);

    for (int length = 0; length < body.size(); length++) {
      network.answer(200, JSON, body.substring(0, length), body.size());
      failsAs(Kind.CONNECTION, sample, length);
    }
  }

  @ParameterizedTest
  @MethodSource("io.simtally.reliability.answers.Sample#all")
  void callsAWholeBodyWithHalfACompressedAnswerUnreadable(Sample sample) {
    var body = Sample.gzip(sample.bytes());
    answered(sample, GZIP, body);

    for (int length = 0; length < body.size(); length++) {
      network.answer(200, GZIP, body.substring(0, length));
      failsAs(Kind.UNREADABLE_RESPONSE, sample, length);
    }
  }

  @ParameterizedTest
  @MethodSource("io.simtally.reliability.answers.Sample#all")
  void callsACompressedBodyThatTheNetworkCutsALostConnection(Sample sample) {
    var body = Sample.gzip(sample.bytes());
    answered(sample, GZIP, body);

    for (int length = 0; length < body.size(); length++) {
      network.answer(200, GZIP, body.substring(0, length), body.size());
      failsAs(Kind.CONNECTION, sample, length);
    }
  }

  private Object answered(Sample sample, String headers, ByteString body) {
    network.answer(200, headers, body);
    return sample.call().execute(clients);
  }

  private void sameAnswerOr(Kind kind, Sample sample, Object whole, int length) {
    Object answer;
    try {
      answer = sample.call().execute(clients);
    } catch (ApiException e) {
      assertThat(e.kind()).as("cut at %d", length).isEqualTo(kind);
      return;
    }
    assertThat(answer).as("cut at %d", length).isEqualTo(whole);
  }

  private void failsAs(Kind kind, Sample sample, int length) {
    var failure = catchThrowableOfType(ApiException.class, () -> sample.call().execute(clients));
    assertThat(failure).as("cut at %d", length).isNotNull();
    assertThat(failure.kind()).as("cut at %d", length).isEqualTo(kind);
  }
}
