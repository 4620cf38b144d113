package io.simtally.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeptBodyTest {
  /**
   * Blanks, an unknown member and a letter of two bytes, which a typed response does not contain.
   */
  private static final String AS_IT_CAME = "{ \"value\" : 1,\n  \"Größe\": \"\\u00e9\" }\n";

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void bringsTheBodyAsItCameWhereTheRequestAsksForIt() {
    answer(AS_IT_CAME);
    try (var client = TestClient.builder(server).build()) {
      var response = client.thing("a").keepBody().executeWithResponse();
      assertThat(response.value()).isEqualTo(1);
      assertThat(response.body()).isEqualTo(AS_IT_CAME);
    }
  }

  @Test
  void bringsItWithEveryAnswerWhereTheClientAsksForIt() {
    answer(AS_IT_CAME);
    try (var client = TestClient.builder(server).keepBody().build()) {
      assertThat(client.thing("a").executeWithResponseAsync())
          .succeedsWithin(Duration.ofSeconds(30))
          .satisfies(response -> assertThat(response.body()).isEqualTo(AS_IT_CAME));
    }
  }

  @Test
  void keepsNothingThatNobodyAskedFor() {
    answer(AS_IT_CAME);
    try (var client = TestClient.builder(server).build()) {
      assertThat(client.thing("a").executeWithResponse().body()).isNull();
    }
  }

  @Test
  void bringsACompressedBodyDecompressed() throws IOException {
    var compressed = new Buffer();
    try (var gzip = Okio.buffer(new GzipSink(compressed))) {
      gzip.writeUtf8(AS_IT_CAME);
    }
    server.enqueue(
        new MockResponse.Builder().addHeader("Content-Encoding", "gzip").body(compressed).build());
    try (var client = TestClient.builder(server).build()) {
      assertThat(client.thing("a").keepBody().executeWithResponse().body()).isEqualTo(AS_IT_CAME);
    }
  }

  @Test
  void refusesABodyBeyondTheBoundAsItDoesWithoutKeepingIt() {
    answer(AS_IT_CAME);
    try (var client = TestClient.builder(server).maxBodyBytes(16).keepBody().build()) {
      assertThat(catchThrowableOfType(ApiException.class, client.thing("a")::execute).kind())
          .isEqualTo(ApiException.Kind.UNREADABLE_RESPONSE);
    }
  }

  @Test
  void leavesItOutOfTheTextOfTheResponse() {
    answer("{\"value\": 1, \"echo\": \"" + TestClient.KEY + "\"}");
    try (var client = TestClient.builder(server).keepBody().build()) {
      var response = client.thing("a").executeWithResponse();
      assertThat(response.body()).contains(TestClient.KEY);
      assertThat(response.toString()).doesNotContain("echo").doesNotContain(TestClient.KEY);
    }
  }

  private void answer(String body) {
    server.enqueue(new MockResponse.Builder().body(body).build());
  }
}
