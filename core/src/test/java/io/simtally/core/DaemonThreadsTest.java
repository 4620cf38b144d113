package io.simtally.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.core.auth.BearerAuth;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Checks that all threads are daemons: another thread would keep a program running after its main
 * method.
 */
@Timeout(60)
class DaemonThreadsTest {
  @Test
  void allThreadsOfAClientAreDaemons() throws Exception {
    var arrived = new CountDownLatch(1);
    var asked = new CountDownLatch(1);
    var answer = new CountDownLatch(1);
    try (var server = new MockWebServer()) {
      server.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              arrived.countDown();
              return new MockResponse.Builder()
                  .onResponseStart(SocketEffect.Stall.INSTANCE)
                  .build();
            }
          });
      server.start();
      try (var calling = TestClient.builder(server).build();
          var waiting =
              TestClient.builder(server)
                  .auth((url, calls) -> BearerAuth.refreshing(url, () -> token(asked, answer)))
                  .build()) {
        calling.thing("a").executeAsync();
        // Threads that a daemon starts are daemons by default.
        for (var client : List.of(calling, waiting)) {
          var caller = new Thread(client.thing("a")::executeWithResponse);
          caller.setUncaughtExceptionHandler((thread, closed) -> {});
          caller.start();
        }
        arrived.await();
        asked.await();
        while (threads("simtally-test-interrupts") == 0) {
          Thread.onSpinWait();
        }

        // OkHttp renames a thread while it makes a call.
        assertThat(threads("OkHttp http.*")).isPositive();
        assertThat(threads("simtally-bearer token")).isPositive();
        assertThat(Thread.getAllStackTraces().keySet())
            .filteredOn(thread -> thread.getName().matches("simtally-.*|OkHttp http.*"))
            .allMatch(Thread::isDaemon);
        answer.countDown();
      }
    }
  }

  private static String token(CountDownLatch asked, CountDownLatch answer) throws IOException {
    asked.countDown();
    try {
      answer.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return "token";
  }

  private static long threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches(name))
        .count();
  }
}
