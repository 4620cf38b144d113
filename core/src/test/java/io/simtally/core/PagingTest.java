package io.simtally.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.simtally.core.ApiException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {
  private final MockWebServer server = new MockWebServer();
  private TestClient client;

  @BeforeEach
  void start() throws IOException {
    server.setServerSocketFactory(new PromptSockets());
    server.start();
    client = TestClient.builder(server).build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void bringsTheRowsOfAllPages() throws InterruptedException {
    enqueue("{\"words\":[\"a\",\"b\"],\"next\":\"p 2\"}");
    enqueue("{\"words\":[\"c\"],\"next\":\"p3\"}");
    enqueue("{\"words\":[\"d\"],\"next\":null}");

    assertThat(client.words().stream()).containsExactly("a", "b", "c", "d");

    assertThat(server.takeRequest().getUrl().query()).isNull();
    assertThat(server.takeRequest().getUrl().queryParameter("after")).isEqualTo("p 2");
    assertThat(server.takeRequest().getUrl().queryParameter("after")).isEqualTo("p3");
  }

  @Test
  void knowsTheTypeOfItsPages() {
    enqueue("{\"words\":[\"a\",\"b\"],\"next\":\"p2\"}");
    enqueue("{\"words\":[\"c\"],\"next\":null}");

    var sizes = new ArrayList<Integer>();
    for (TestClient.WordPage page : client.words().pages()) {
      sizes.add(page.items().size());
    }

    assertThat(sizes).containsExactly(2, 1);
  }

  @Test
  void theCursorThatTheJavadocGivesToTestsIsOneThatNoRequestTakes() {
    var cursor = PageCursor.parse("s1.0123456789abcdef.cGFnZTI=");

    assertThat(cursor.position()).isEqualTo("page2");
    assertThatThrownBy(client.words().from(cursor)::execute)
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesTheRowsOfAllPagesWhileNobodyWaits() {
    enqueue("{\"words\":[\"a\",\"b\"],\"next\":\"p2\"}");
    enqueue("{\"words\":[\"c\"],\"next\":null}");
    var taken = new CopyOnWriteArrayList<String>();

    assertThat(client.words().forEachAsync(taken::add)).succeedsWithin(Duration.ofSeconds(30));

    assertThat(taken).containsExactly("a", "b", "c");
  }

  @Test
  void endsTheWalkWithWhatATakerThrowsAndAsksForNoMore() {
    enqueue("{\"words\":[\"a\",\"b\"],\"next\":\"p2\"}");

    assertThat(
            client
                .words()
                .forEachAsync(
                    word -> {
                      throw new IllegalStateException(word);
                    }))
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableThat()
        .withMessageContaining("a");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void stopsAskingForPagesWhenTheWalkIsCancelled() throws InterruptedException {
    enqueue("{\"words\":[\"a\"],\"next\":\"p2\"}");
    var taken = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var walk =
        client
            .words()
            .forEachAsync(
                word -> {
                  taken.countDown();
                  awaitOrFail(goOn);
                });
    awaitOrFail(taken);

    walk.cancel(true);
    goOn.countDown();

    assertThat(walk).isCancelled();
    enqueue("{\"words\":[\"b\"]}");
    assertThat(client.words()).containsExactly("b");
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  private static void awaitOrFail(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void tellsWhatCameAroundAnAsynchronousAnswer() {
    server.enqueue(
        new MockResponse.Builder()
            .addHeader("X-Request-Id", "r-1")
            .body("{\"words\":[\"a\"]}")
            .build());

    var response = client.words().executeWithResponseAsync().join();

    assertThat(response.value().items()).containsExactly("a");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.requestId()).isEqualTo("r-1");
    assertThat(response.attempts()).isEqualTo(1);
  }

  @Test
  void goesOnAfterEmptyPages() {
    enqueue("{\"words\":[],\"next\":\"p2\"}");
    enqueue("{\"words\":[],\"next\":\"p3\"}");
    enqueue("{\"words\":[\"a\"],\"next\":\"p4\"}");
    enqueue("{\"words\":[]}");

    assertThat(client.words()).containsExactly("a");
    assertThat(server.getRequestCount()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void stopsWherePagesWithoutRowsGoOnForEver(boolean prefetch) {
    enqueue("{\"words\":[\"a\"],\"next\":\"p0\"}");
    for (int i = 1; i <= 1_200; i++) {
      enqueue("{\"words\":[],\"next\":\"p" + i + "\"}");
    }
    enqueue("{\"words\":[\"b\"]}");
    var rows = new ArrayList<String>();
    var words = prefetch ? client.words().prefetch() : client.words();

    var failure = catchThrowableOfType(ApiException.class, () -> words.forEach(rows::add));

    assertThat(failure.kind()).isEqualTo(Kind.PAGING_STALLED);
    assertThat(rows).containsExactly("a");
    assertThat(server.getRequestCount()).isEqualTo(1_001);
  }

  @Test
  void goesOnAfterHundredsOfEmptyPages() {
    for (int i = 1; i <= 999; i++) {
      enqueue("{\"words\":[],\"next\":\"p" + i + "\"}");
    }
    enqueue("{\"words\":[\"a\"],\"next\":\"last\"}");
    enqueue("{\"words\":[]}");

    assertThat(client.words()).containsExactly("a");
  }

  @Test
  void fetchesAPageOnlyWhenItIsNeeded() {
    enqueue("{\"words\":[\"a\",\"b\"],\"next\":\"p2\"}");

    var rows = client.words().iterator();
    assertThat(server.getRequestCount()).isZero();
    rows.next();
    rows.next();

    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void asksForOnePageAheadIfWanted() throws InterruptedException {
    enqueue("{\"words\":[\"a\"],\"next\":\"p2\"}");
    enqueue("{\"words\":[\"b\"],\"next\":\"p3\"}");
    enqueue("{\"words\":[\"c\"]}");
    var rows = client.words().prefetch().iterator();

    assertThat(rows.next()).isEqualTo("a");

    assertThat(server.takeRequest().getUrl().query()).isNull();
    assertThat(server.takeRequest().getUrl().query()).isEqualTo("after=p2");
    assertThat(server.getRequestCount()).isEqualTo(2);
    assertThat(rows.next()).isEqualTo("b");
    assertThat(rows.next()).isEqualTo("c");
    assertThat(rows.hasNext()).isFalse();
    assertThatThrownBy(rows::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void eachIterationStartsAnew() {
    enqueue("{\"words\":[\"a\"]}");
    enqueue("{\"words\":[\"a\"]}");
    var words = client.words();

    assertThat(words).containsExactly("a");
    assertThat(words).containsExactly("a");
  }

  @Test
  void goesOnFromAFailedPage() {
    enqueue("{\"words\":[\"a\"],\"next\":\"p2\"}");
    server.enqueue(new MockResponse.Builder().code(404).build());
    enqueue("{\"words\":[\"b\"]}");
    var rows = client.words().iterator();
    rows.next();

    assertThatThrownBy(rows::hasNext).isInstanceOf(ApiException.class);

    assertThat(rows.next()).isEqualTo("b");
  }

  @Test
  void deliversTheFailureOfAPageFetchedAhead() {
    enqueue("{\"words\":[\"a\"],\"next\":\"p2\"}");
    server.enqueue(new MockResponse.Builder().code(404).build());
    enqueue("{\"words\":[\"b\"]}");
    var rows = client.words().prefetch().iterator();
    rows.next();

    assertThat(catchThrowableOfType(ApiException.class, rows::hasNext).kind())
        .isEqualTo(Kind.NOT_FOUND);

    assertThat(rows.next()).isEqualTo("b");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void stopsWhereTheWayLeadsBack(boolean prefetch) {
    enqueue("{\"words\":[\"a\"],\"next\":\"p2\"}");
    enqueue("{\"words\":[\"b\"],\"next\":\"p3\"}");
    enqueue("{\"words\":[\"c\"],\"next\":\"p2\"}");
    var rows = new ArrayList<String>();
    var words = prefetch ? client.words().prefetch() : client.words();

    var failure = catchThrowableOfType(ApiException.class, () -> words.forEach(rows::add));

    assertThat(failure.kind()).isEqualTo(Kind.PAGING_STALLED);
    assertThat(failure.operation()).isEqualTo("GET /words");
    assertThat(rows).isEqualTo(List.of("a", "b", "c"));
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void stopsAtAPageThatNamesItselfAsTheNext() {
    enqueue("{\"words\":[\"a\"],\"next\":\"p2\"}");
    enqueue("{\"words\":[\"b\"],\"next\":\"p2\"}");
    var first = client.words().execute();
    var second = client.words().from(first.next().orElseThrow());

    assertThat(catchThrowableOfType(ApiException.class, second::execute).kind())
        .isEqualTo(Kind.PAGING_STALLED);
  }

  @Test
  void resumesFromTheTextOfACursor() throws InterruptedException {
    enqueue("{\"words\":[\"a\"],\"next\":\"päge/2 +&=\"}");
    enqueue("{\"words\":[\"b\"]}");
    var saved = client.words().execute().next().orElseThrow().toString();

    assertThat(client.words().from(PageCursor.parse(saved))).containsExactly("b");

    assertThat(saved).matches("[A-Za-z0-9._=-]+");
    server.takeRequest();
    assertThat(server.takeRequest().getUrl().queryParameter("after")).isEqualTo("päge/2 +&=");
  }

  @Test
  void refusesTheCursorOfAnotherRequest() {
    var foreign = PageCursor.of("other words", "p2");

    assertThatThrownBy(client.words().from(foreign)::execute)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cursor");
    assertThat(server.getRequestCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "p2",
        "s1.0123456789abcdef.",
        "s2.0123456789abcdef.cDI=",
        "s1.0123.cDI=",
        "s1.0123456789abcdef.c D",
        "s1.0123456789abcdef.A"
      })
  void refusesATextThatIsNoCursor(String text) {
    assertThatThrownBy(() -> PageCursor.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void pagesSayWhereToGoOn() {
    enqueue("{\"words\":[\"a\"],\"next\":\"p2\"}");
    enqueue("{\"words\":[\"b\"]}");

    assertThat(client.words().pages())
        .extracting(Page::items, page -> page.next().isPresent())
        .containsExactly(tuple(List.of("a"), true), tuple(List.of("b"), false));
  }

  @Test
  void readsAllPagesAsOneAnswer() throws InterruptedException {
    enqueue("{\"words\":[\"a\",\"b\"],\"next\":\"p2\"}");
    enqueue("{\"words\":[],\"next\":\"p3\"}");
    enqueue("{\"words\":[\"c\"]}");

    var answer = client.words().executeAllAsync().join();

    assertThat(answer.items()).containsExactly("a", "b", "c");
    assertThat(answer.next()).isEmpty();
    assertThat(server.takeRequest().getUrl().query()).isNull();
    assertThat(server.takeRequest().getUrl().queryParameter("after")).isEqualTo("p2");
    assertThat(server.takeRequest().getUrl().queryParameter("after")).isEqualTo("p3");
  }

  @Test
  void failsTheWholeAnswerWhereOnePageFails() {
    enqueue("{\"words\":[\"a\"],\"next\":\"p2\"}");
    server.enqueue(new MockResponse.Builder().code(404).build());

    assertThat(client.words().executeAllAsync())
        .completesExceptionallyWithin(Duration.ofSeconds(30))
        .withThrowableThat()
        .havingCause()
        .isInstanceOfSatisfying(
            ApiException.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND));
  }

  @Test
  void endsTheWholeAnswerWherePagesLeadBack() {
    enqueue("{\"words\":[\"a\"],\"next\":\"p2\"}");
    enqueue("{\"words\":[\"b\"],\"next\":\"p3\"}");
    enqueue("{\"words\":[\"c\"],\"next\":\"p2\"}");

    assertThat(client.words().executeAllAsync())
        .completesExceptionallyWithin(Duration.ofSeconds(30))
        .withThrowableThat()
        .havingCause()
        .isInstanceOfSatisfying(
            ApiException.class,
            failure -> assertThat(failure.kind()).isEqualTo(Kind.PAGING_STALLED));
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void cancelsThePageUnderWayWithTheWholeAnswer() throws InterruptedException {
    var asked = new CountDownLatch(1);
    var cancelled = new CountDownLatch(1);
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            if (request.getUrl().queryParameter("after") == null) {
              return new MockResponse.Builder().body("{\"words\":[\"a\"],\"next\":\"p2\"}").build();
            }
            asked.countDown();
            return new MockResponse.Builder().headersDelay(1, TimeUnit.HOURS).build();
          }
        });
    try (var watched =
        TestClient.builder(server)
            .listener(
                new CallListener() {
                  @Override
                  public void callFinished(Finished call) {
                    if (call.failure() == Kind.CANCELLED) {
                      cancelled.countDown();
                    }
                  }
                })
            .build()) {
      var answer = watched.words().executeAllAsync();
      assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

      answer.cancel(true);

      assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private void enqueue(String body) {
    server.enqueue(new MockResponse.Builder().body(body).build());
  }
}
