package io.simtally.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import io.simtally.core.ApiException.Kind;
import io.simtally.core.CallListener.Attempt;
import io.simtally.core.CallListener.AttemptFinished;
import io.simtally.core.CallListener.Finished;
import io.simtally.core.CallListener.IteratedPage;
import io.simtally.core.CallListener.Retry;
import io.simtally.core.CallListener.Started;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the events of a call for each of its possible outcomes. */
@Timeout(60)
class CallListenerTest {
  private static final String OPERATION = "GET /things/{name}";
  private static final Duration NONE = Duration.ZERO;
  private static final Duration FIRST_DELAY = Duration.ofMillis(200);

  private final MockWebServer server = new MockWebServer();
  private final FakeTime time = new FakeTime();
  private final RecordingListener heard = new RecordingListener();
  private final CountDownLatch arrived = new CountDownLatch(1);

  @BeforeEach
  void start() throws IOException {
    server.setServerSocketFactory(new PromptSockets());
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aSuccess() {
    enqueue(200);
    try (var client = builder().build()) {
      client.thing("a").execute();
    }

    var call = heard.call(0);
    assertThat(heard.events())
        .containsExactly(
            new Started(call, "test", OPERATION, null),
            new Attempt(call, "test", OPERATION, 1),
            new AttemptFinished(call, "test", OPERATION, 1, null, 200, 11, NONE),
            new Finished(call, "test", OPERATION, null, 200, 1, 11, NONE, NONE));
  }

  @Test
  void aRetry() {
    enqueue(503, 200);
    try (var client = builder().build()) {
      client.thing("a").execute();
    }

    var call = heard.call(0);
    assertThat(heard.events())
        .containsExactly(
            new Started(call, "test", OPERATION, null),
            new Attempt(call, "test", OPERATION, 1),
            new AttemptFinished(call, "test", OPERATION, 1, Kind.SERVER_ERROR, 503, 0, NONE),
            new Retry(call, "test", OPERATION, 1, Kind.SERVER_ERROR, 503, FIRST_DELAY),
            new Attempt(call, "test", OPERATION, 2),
            new AttemptFinished(call, "test", OPERATION, 2, null, 200, 11, NONE),
            new Finished(call, "test", OPERATION, null, 200, 2, 11, NONE, FIRST_DELAY));
  }

  @Test
  void aFailure() {
    enqueue(404);
    try (var client = builder().build()) {
      assertThat(catchThrowable(client.thing("a")::execute)).isInstanceOf(ApiException.class);
    }

    var call = heard.call(0);
    assertThat(heard.events())
        .containsExactly(
            new Started(call, "test", OPERATION, null),
            new Attempt(call, "test", OPERATION, 1),
            new AttemptFinished(call, "test", OPERATION, 1, Kind.NOT_FOUND, 404, 0, NONE),
            new Finished(call, "test", OPERATION, Kind.NOT_FOUND, 404, 1, 0, NONE, NONE));
  }

  @Test
  void noServer() throws IOException {
    // The bound socket reserves the port and accepts no connection.
    try (var reserved = new Socket()) {
      reserved.bind(new InetSocketAddress("127.0.0.1", 0));
      var client =
          builder()
              .baseUrl("http://127.0.0.1:" + reserved.getLocalPort())
              .retryPolicy(RetryPolicy.standard().maxAttempts(2))
              .build();
      assertThat(catchThrowable(client.thing("a")::execute)).isInstanceOf(ApiException.class);
      client.close();
    }

    var call = heard.call(0);
    assertThat(heard.events())
        .containsExactly(
            new Started(call, "test", OPERATION, null),
            new Attempt(call, "test", OPERATION, 1),
            new AttemptFinished(call, "test", OPERATION, 1, Kind.CONNECTION, 0, 0, NONE),
            new Retry(call, "test", OPERATION, 1, Kind.CONNECTION, 0, FIRST_DELAY),
            new Attempt(call, "test", OPERATION, 2),
            new AttemptFinished(call, "test", OPERATION, 2, Kind.CONNECTION, 0, 0, NONE),
            new Finished(call, "test", OPERATION, Kind.CONNECTION, 0, 2, 0, NONE, FIRST_DELAY));
  }

  @Test
  void aBodyThatIsCutOffIsAFailedAttemptWhateverItsStatus() {
    server.enqueue(
        new MockResponse.Builder()
            .body("{\"value\":1234567}")
            .onResponseBody(new SocketEffect.CloseSocket())
            .build());
    enqueue(200);
    try (var client = builder().build()) {
      client.thing("a").execute();
    }

    assertThat(heard.all(AttemptFinished.class))
        .extracting(AttemptFinished::failure)
        .containsExactly(Kind.CONNECTION, null);
  }

  @Test
  void anAnswerThatCannotBeRead() {
    server.enqueue(new MockResponse.Builder().body("{\"value\":\"?\"}").build());
    try (var client = builder().build()) {
      assertThat(catchThrowable(client.thing("a")::execute)).isInstanceOf(ApiException.class);
    }

    var call = heard.call(0);
    assertThat(heard.events())
        .containsExactly(
            new Started(call, "test", OPERATION, null),
            new Attempt(call, "test", OPERATION, 1),
            new AttemptFinished(call, "test", OPERATION, 1, null, 200, 13, NONE),
            new Finished(call, "test", OPERATION, Kind.UNREADABLE_RESPONSE, 200, 1, 0, NONE, NONE));
  }

  @Test
  void anAnswerThatIsTooLarge() {
    enqueue(200);
    try (var client = builder().maxBodyBytes(5).build()) {
      assertThat(catchThrowable(client.thing("a")::execute)).isInstanceOf(ApiException.class);
    }

    assertThat(heard.all(AttemptFinished.class))
        .extracting(AttemptFinished::failure)
        .containsExactly(Kind.UNREADABLE_RESPONSE);
    assertThat(finishedAs()).isEqualTo(Kind.UNREADABLE_RESPONSE);
  }

  @Test
  void aFutureThatIsCancelled() throws InterruptedException {
    neverAnswer();
    try (var client = builder().build()) {
      var future = client.thing("a").executeAsync();
      arrived.await();
      future.cancel(true);
      assertThat(heard.isFinished()).isTrue();
    }

    var call = heard.call(0);
    assertThat(heard.events())
        .containsExactly(
            new Started(call, "test", OPERATION, null),
            new Attempt(call, "test", OPERATION, 1),
            new AttemptFinished(call, "test", OPERATION, 1, Kind.CANCELLED, 0, 0, NONE),
            new Finished(call, "test", OPERATION, Kind.CANCELLED, 0, 1, 0, NONE, NONE));
  }

  @Test
  void aDeadlineThatPasses() {
    neverAnswer();
    try (var client = builder().timeout(Duration.ofMillis(200)).build()) {
      assertThat(catchThrowable(client.thing("a")::execute)).isInstanceOf(ApiException.class);
    }

    var call = heard.call(0);
    assertThat(heard.events())
        .containsExactly(
            new Started(call, "test", OPERATION, null),
            new Attempt(call, "test", OPERATION, 1),
            new AttemptFinished(call, "test", OPERATION, 1, Kind.TIMEOUT, 0, 0, NONE),
            new Finished(call, "test", OPERATION, Kind.TIMEOUT, 0, 1, 0, NONE, NONE));
  }

  @Test
  void aThreadThatIsInterruptedAlready() {
    try (var client = builder().build()) {
      Thread.currentThread().interrupt();
      assertThat(catchThrowable(client.thing("a")::execute)).isInstanceOf(ApiException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }

    var call = heard.call(0);
    assertThat(heard.events())
        .containsExactly(
            new Started(call, "test", OPERATION, null),
            new Finished(call, "test", OPERATION, Kind.CANCELLED, 0, 0, 0, NONE, NONE));
  }

  @Test
  void aSlotThatLiesBehindTheDeadlineIsNoAttempt() {
    enqueue(200);
    try (var client = builder().rateLimit(RateLimit.perSecond(1)).build()) {
      client.thing("a").execute();
      assertThat(catchThrowable(client.thing("a").timeout(Duration.ofMillis(900))::execute))
          .isInstanceOf(ApiException.class);
    }

    assertThat(heard.all(Attempt.class)).hasSize(1);
    assertThat(heard.all(AttemptFinished.class)).hasSize(1);
    assertThat(heard.all(Finished.class))
        .extracting(Finished::failure)
        .containsExactly(null, Kind.TIMEOUT);
  }

  @Test
  void aClientThatIsClosedEndsItsCallsAlsoThoseInTheQueue() throws InterruptedException {
    var both = new RecordingListener(2);
    neverAnswer();
    var client = TestClient.builder(server).concurrency(1).listener(both).build();
    var underWay = client.thing("a").executeAsync();
    var queued = client.thing("a").executeAsync();
    arrived.await();

    client.close();

    assertThat(both.isFinished()).isTrue();
    for (var future : List.of(underWay, queued)) {
      assertThatThrownBy(future::join)
          .cause()
          .isInstanceOfSatisfying(
              ApiException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CANCELLED));
    }
    assertThat(both.all(Finished.class))
        .extracting(Finished::failure)
        .containsExactly(Kind.CANCELLED, Kind.CANCELLED);
  }

  @Test
  void whatIsRefusedBeforeItIsACallIsNotHeardOf() {
    var client = builder().build();
    var foreign = PageCursor.of("other words", "1");
    assertThatThrownBy(client.words().from(foreign)::execute)
        .isInstanceOf(IllegalArgumentException.class);
    client.close();
    assertThatThrownBy(client.thing("a")::execute).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(client.thing("a")::executeAsync).isInstanceOf(IllegalStateException.class);

    assertThat(heard.events()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anInterceptorOfTheUsersThatBreaksTheCall(boolean insideOfOurs) throws Exception {
    var http = new OkHttpClient.Builder();
    Interceptor broken =
        chain -> {
          throw new IllegalStateException("broken");
        };
    if (insideOfOurs) {
      http.addNetworkInterceptor(broken);
    } else {
      http.addInterceptor(broken);
    }
    try (var client = builder().httpClient(http.build()).build()) {
      assertThatThrownBy(client.thing("a")::execute)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("broken");
    }

    assertThat(heard.all(AttemptFinished.class))
        .extracting(AttemptFinished::failure)
        .isEqualTo(heard.all(Attempt.class).stream().map(attempt -> Kind.CANCELLED).toList());
    assertThat(heard.all(Attempt.class)).hasSize(insideOfOurs ? 1 : 0);
    assertThat(finishedAs()).isEqualTo(Kind.CANCELLED);
  }

  @Test
  void theStartOfAnAsynchronousCallIsHeardOnTheCallersThreadAndItsEndBeforeTheFutureCompletes() {
    enqueue(200);
    var eventsAtCompletion = new AtomicInteger();
    try (var client = builder().build()) {
      client
          .thing("a")
          .executeAsync()
          .thenAccept(value -> eventsAtCompletion.set(heard.events().size()))
          .join();
    }

    var caller = Thread.currentThread().getName();
    assertThat(eventsAtCompletion).hasValue(4);
    assertThat(heard.threads().get(0)).isEqualTo(caller);
    assertThat(heard.threads().subList(1, 4)).doesNotContain(caller);
  }

  @Test
  void timeInTheQueueIsToldApartAndNotTakenFromTheCall() throws InterruptedException {
    var both = new RecordingListener(2);
    var release = new CountDownLatch(1);
    server.setDispatcher(
        new Dispatcher() {
          private final AtomicInteger requests = new AtomicInteger();

          @Override
          public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            var number = requests.incrementAndGet();
            if (number == 1) {
              arrived.countDown();
              release.await();
            }
            return number == 2
                ? new MockResponse.Builder().code(503).addHeader("Retry-After", "20").build()
                : new MockResponse.Builder().body("{\"value\":1}").build();
          }
        });
    try (var client = TestClient.builder(server).time(time).concurrency(1).listener(both).build()) {
      var first = client.thing("a").executeAsync();
      var second = client.thing("a").executeAsync();
      arrived.await();
      time.advance(Duration.ofSeconds(50));
      release.countDown();
      CompletableFuture.allOf(first, second).join();
    }

    assertThat(both.all(Finished.class))
        .extracting(Finished::queued, Finished::duration)
        .containsExactly(
            tuple(NONE, Duration.ofSeconds(50)),
            // A wait that would exceed the deadline if it started in the queue.
            tuple(Duration.ofSeconds(50), Duration.ofSeconds(20)));
  }

  @Test
  void aBlockingCallStandsInNoQueue() {
    enqueue(200);
    try (var client = TestClient.builder(server).listener(heard).build()) {
      client.thing("a").execute();
    }

    assertThat(heard.all(Finished.class)).extracting(Finished::queued).containsExactly(NONE);
  }

  @Test
  void concurrentCallsCanBeToldApart() {
    server.setDispatcher(
        new Dispatcher() {
          private final AtomicInteger requests = new AtomicInteger();

          @Override
          public MockResponse dispatch(RecordedRequest request) {
            var status = requests.incrementAndGet() % 3 == 0 ? 503 : 200;
            return new MockResponse.Builder().code(status).body("{\"value\":1}").build();
          }
        });
    try (var client = builder().concurrency(16).build()) {
      var calls = IntStream.range(0, 200).mapToObj(i -> client.thing("a").executeAsync()).toList();
      for (var each : calls) {
        catchThrowable(each::join);
      }
    }

    Map<Long, Class<?>> last = new HashMap<>();
    for (var event : heard.events()) {
      if (event instanceof Started started) {
        assertThat(last.put(started.call(), Started.class)).isNull();
      } else if (event instanceof Attempt attempt) {
        assertThat(last.put(attempt.call(), Attempt.class)).isIn(Started.class, Retry.class);
      } else if (event instanceof AttemptFinished attempt) {
        assertThat(last.put(attempt.call(), AttemptFinished.class)).isEqualTo(Attempt.class);
      } else if (event instanceof Retry retry) {
        assertThat(last.put(retry.call(), Retry.class)).isEqualTo(AttemptFinished.class);
      } else if (event instanceof Finished finished) {
        assertThat(last.put(finished.call(), Finished.class)).isEqualTo(AttemptFinished.class);
      }
    }
    assertThat(last).hasSize(200);
    assertThat(last.values()).containsOnly(Finished.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void thePagesOfEachIterationAreNumbered(boolean prefetching) {
    enqueueWords("2", "3", null, "2", null);
    server.enqueue(new MockResponse.Builder().body("{\"words\":[]}").build());
    try (var client = builder().build()) {
      var words = prefetching ? client.words().prefetch() : client.words();
      assertThat(words.stream().count()).isEqualTo(3);
      assertThat(words.stream().count()).isEqualTo(2);
      words.execute();
    }

    var pages = heard.all(Started.class).stream().map(Started::page).toList();
    var first = pages.get(0).iteration();
    var second = pages.get(3).iteration();
    assertThat(second).isNotEqualTo(first);
    assertThat(pages)
        .containsExactly(
            new IteratedPage(first, 1),
            new IteratedPage(first, 2),
            new IteratedPage(first, 3),
            new IteratedPage(second, 1),
            new IteratedPage(second, 2),
            null);
  }

  @Test
  void anIterationThatWouldLoopEndsInACallThatIsNotSent() {
    enqueueWords("2", "3", "2");
    try (var client = builder().build()) {
      assertThatThrownBy(() -> client.words().forEach(word -> {}))
          .isInstanceOfSatisfying(
              ApiException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PAGING_STALLED));
    }

    var call = heard.call(3);
    var iteration = heard.all(Started.class).get(0).page().iteration();
    assertThat(heard.events())
        .hasSize(14)
        .endsWith(
            new Started(call, "test", "GET /words", new IteratedPage(iteration, 4)),
            new Finished(call, "test", "GET /words", Kind.PAGING_STALLED, 0, 0, 0, NONE, NONE));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        IllegalStateException.class,
        AssertionError.class,
        NoSuchMethodError.class,
        IOException.class
      })
  void aListenerThatThrowsChangesNothing(Class<? extends Throwable> kind) {
    enqueue(503, 200, 404, 200);
    try (var client = builder().listener(new Thrower(kind)).build()) {
      assertThat(client.thing("a").executeWithResponse().attempts()).isEqualTo(2);
      assertThat(catchThrowable(client.thing("a")::execute))
          .isInstanceOfSatisfying(
              ApiException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
      assertThat(client.thing("a").executeAsync().join()).isEqualTo(1);
    }
    assertThat(server.getRequestCount()).isEqualTo(4);
  }

  @Test
  void severalListenersHearTheSameWhateverOneOfThemThrows() {
    enqueue(503, 200);
    var other = new RecordingListener();
    var several = CallListener.all(heard, new Thrower(IllegalStateException.class), other);
    try (var client = builder().listener(several).build()) {
      client.thing("a").execute();
    }

    assertThat(heard.events()).hasSize(7);
    assertThat(other.events()).isEqualTo(heard.events());
    assertThatThrownBy(() -> CallListener.all(heard, null))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("listener ");
  }

  @Test
  void anInterruptThatAListenerRunsIntoEndsTheCall() {
    try (var client = builder().listener(new Thrower(InterruptedException.class)).build()) {
      assertThat(catchThrowable(client.thing("a")::execute))
          .isInstanceOfSatisfying(
              ApiException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CANCELLED));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void noEventHoldsAFilledInAddress() {
    enqueue(503, 200);
    try (var client = builder().build()) {
      client.thing("354394080001238").execute();
    }

    assertThat(heard.events()).hasSize(7);
    assertThat(heard.events().toString()).contains("{name}").doesNotContain("354394080001238");
  }

  private Kind finishedAs() {
    var ends = heard.all(Finished.class);
    assertThat(ends).hasSize(1);
    return ends.get(0).failure();
  }

  private TestClient.Builder builder() {
    return TestClient.builder(server).time(time).listener(heard);
  }

  private void enqueue(int... statuses) {
    for (var status : statuses) {
      server.enqueue(new MockResponse.Builder().code(status).body("{\"value\":1}").build());
    }
  }

  private void enqueueWords(String... next) {
    for (var each : next) {
      server.enqueue(
          new MockResponse.Builder()
              .body("{\"words\":[\"a\"]" + (each == null ? "}" : ",\"next\":\"" + each + "\"}"))
              .build());
    }
  }

  private void neverAnswer() {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            arrived.countDown();
            return new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build();
          }
        });
  }

  /** Throws on every event, including checked exceptions that a Java listener cannot declare. */
  private record Thrower(Class<? extends Throwable> kind) implements CallListener {
    @Override
    public void callStarted(Started event) {
      fail();
    }

    @Override
    public void attemptStarted(Attempt event) {
      fail();
    }

    @Override
    public void attemptFinished(AttemptFinished event) {
      fail();
    }

    @Override
    public void retryScheduled(Retry event) {
      fail();
    }

    @Override
    public void callFinished(Finished event) {
      fail();
    }

    private void fail() {
      try {
        throwUnchecked(kind.getConstructor().newInstance());
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("the test is wrong", e);
      }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void throwUnchecked(Throwable thrown) throws E {
      throw (E) thrown;
    }
  }
}
