package io.simtally.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients built with {@code toBuilder()} of another client. */
@Timeout(60)
class SharedConnectionsTest {
  private final MockWebServer server = new MockWebServer();
  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            if (request.getTarget().endsWith("/slow")) {
              arrived.countDown();
              released.await();
            }
            return new MockResponse.Builder().body("{\"value\": 1}").build();
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    released.countDown();
    server.close();
  }

  @Test
  void callsTheSameServerWithTheSameCredentialsOnTheSameConnection() throws Exception {
    try (var first = TestClient.builder(server).userAgentSuffix("acme/1").build();
        var second = first.toBuilder().build()) {
      first.thing("a").execute();
      second.thing("b").execute();
    }
    var one = server.takeRequest();
    var other = server.takeRequest();
    assertThat(other.getHeaders()).isEqualTo(one.getHeaders());
    assertThat(other.getConnectionIndex()).isEqualTo(one.getConnectionIndex());
    assertThat(other.getExchangeIndex()).isEqualTo(1);
  }

  @Test
  void changesOnlyTheClientThatIsBuilt() throws Exception {
    try (var first = TestClient.builder(server).userAgentSuffix("acme/1").build()) {
      var builder = first.toBuilder().userAgentSuffix("acme/2");
      try (var second = builder.build();
          var third = second.toBuilder().build()) {
        builder.userAgentSuffix("acme/3");
        third.thing("a").execute();
        first.thing("b").execute();
      }
    }
    assertThat(server.takeRequest().getHeaders().get("User-Agent")).endsWith(" acme/2");
    assertThat(server.takeRequest().getHeaders().get("User-Agent")).endsWith(" acme/1");
  }

  @Test
  void closingTheFirstLeavesTheSecondAtWork() throws Exception {
    var first = TestClient.builder(server).build();
    try (var second = first.toBuilder().build()) {
      var slow = second.thing("slow").executeAsync();
      arrived.await();
      first.close();
      first.close();
      released.countDown();
      assertThat(slow).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(1L);
      assertThat(second.thing("a").executeAsync())
          .succeedsWithin(Duration.ofSeconds(30))
          .isEqualTo(1L);
    }
    assertThat(server.takeRequest().getConnectionIndex())
        .isEqualTo(server.takeRequest().getConnectionIndex());
  }

  @Test
  void closingTheSecondEndsItsOwnCallsAndLeavesTheFirstAtWork() throws Exception {
    try (var first = TestClient.builder(server).build()) {
      var second = first.toBuilder().concurrency(1).build();
      var slow = second.thing("slow").executeAsync();
      var queued = second.thing("b").executeAsync();
      arrived.await();
      second.close();
      assertThat(kind(slow::join)).isEqualTo(Kind.CANCELLED);
      assertThat(kind(queued::join)).isEqualTo(Kind.CANCELLED);
      assertThatThrownBy(second.thing("a")::execute).isInstanceOf(IllegalStateException.class);
      assertThat(first.thing("a").executeAsync())
          .succeedsWithin(Duration.ofSeconds(30))
          .isEqualTo(1L);
    }
  }

  @Test
  void whatIsBuiltAfterTheLastHasClosedHasConnectionsOfItsOwn() {
    var first = TestClient.builder(server).build();
    first.thing("a").execute();
    first.close();
    try (var second = first.toBuilder().build()) {
      assertThat(second.thing("a").executeAsync())
          .succeedsWithin(Duration.ofSeconds(30))
          .isEqualTo(1L);
    }
  }

  @Test
  void staysWithTheClientOfTheUser() {
    var http = new OkHttpClient();
    try (var first = TestClient.builder(server).httpClient(http).build();
        var second = first.toBuilder().build()) {
      first.thing("a").execute();
      second.thing("a").execute();
      assertThat(http.connectionPool().connectionCount()).isEqualTo(1);
    }
    assertThat(http.dispatcher().executorService().isShutdown()).isFalse();
    http.connectionPool().evictAll();
  }

  private static Kind kind(Runnable call) {
    var failure = catchThrowableOfType(CompletionException.class, call::run);
    assertThat(failure).hasCauseInstanceOf(ApiException.class);
    return ((ApiException) failure.getCause()).kind();
  }
}
