package io.simtally.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Checks the retry budget: it starts with 500, a retry costs 5, a success adds 1, a successful
 * retry its 5.
 */
@Timeout(60)
class RetryBudgetTest {
  private final MockWebServer server = new MockWebServer();
  private final FakeTime time = new FakeTime();
  private TestClient client;

  @BeforeEach
  void start() throws IOException {
    server.setServerSocketFactory(new PromptSockets());
    server.start();
    client = TestClient.builder(server).time(time).build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void anOutageCostsAHundredRepetitionsAndNoMore() {
    fail(300);

    assertThat(server.getRequestCount()).isEqualTo(300 + 100);
  }

  @Test
  void theFailureSaysThatTheBudgetEndedIt() {
    fail(50);

    assertThat(failure())
        .hasMessageEndingWith("; given up because the client's retry budget is spent")
        .satisfies(e -> assertThat(e.attempts()).isEqualTo(1));
  }

  @Test
  void fiveSuccessesPayForOneRepetition() {
    fail(50);
    succeed(4);
    assertThat(failure().attempts()).isEqualTo(1);
    succeed(1);
    assertThat(failure().attempts()).isEqualTo(2);
    assertThat(failure().attempts()).isEqualTo(1);
  }

  @Test
  void successesFillItToItsBrimAndNotBeyond() {
    succeed(30);
    fail(1);
    succeed(30);
    fail(300);

    assertThat(server.getRequestCount()).isEqualTo(60 + 301 + 2 + 100);
  }

  @Test
  void aRepetitionThatHelpedIsPaidBack() {
    var requests = new AtomicInteger();
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            var status = requests.incrementAndGet() % 2 == 0 ? 200 : 503;
            return new MockResponse.Builder().code(status).body("{\"value\":7}").build();
          }
        });

    for (int i = 0; i < 200; i++) {
      assertThat(client.thing("a").executeWithResponse().attempts()).isEqualTo(2);
    }
  }

  @Test
  void aRequestThatWillNotPassCostsNothing() {
    server.setDispatcher(always(404));
    for (int i = 0; i < 200; i++) {
      failure();
    }

    server.setDispatcher(always(503));
    assertThat(failure().attempts()).isEqualTo(3);
  }

  @Test
  void eachClientHasItsOwn() {
    fail(60);
    try (var other = TestClient.builder(server).time(time).build()) {
      assertThat(catchThrowableOfType(ApiException.class, other.thing("a")::execute).attempts())
          .isEqualTo(3);
    }
  }

  @Test
  void threadsSpendItOnce() throws InterruptedException {
    var budget = new RetryBudget("mason-usage");
    var spent = new AtomicInteger();
    var start = new CountDownLatch(1);
    var threads = new Thread[16];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          new Thread(
              () -> {
                try {
                  start.await();
                } catch (InterruptedException e) {
                  return;
                }
                for (int j = 0; j < 1000; j++) {
                  if (budget.spend()) {
                    spent.incrementAndGet();
                  }
                }
              });
      threads[i].start();
    }
    start.countDown();
    for (var thread : threads) {
      thread.join();
    }
    assertThat(spent).hasValue(100);
  }

  private void fail(int calls) {
    server.setDispatcher(always(503));
    for (int i = 0; i < calls; i++) {
      failure();
    }
  }

  private void succeed(int calls) {
    server.setDispatcher(always(200));
    for (int i = 0; i < calls; i++) {
      client.thing("a").execute();
    }
    server.setDispatcher(always(503));
  }

  private ApiException failure() {
    return catchThrowableOfType(ApiException.class, client.thing("a")::execute);
  }

  private static Dispatcher always(int status) {
    return new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        return new MockResponse.Builder().code(status).body("{\"value\":7}").build();
      }
    };
  }
}
