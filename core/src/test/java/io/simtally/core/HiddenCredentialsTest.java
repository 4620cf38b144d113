package io.simtally.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.auth.Auth;
import io.simtally.core.auth.BasicKeyAuth;
import io.simtally.core.auth.BearerAuth;
import io.simtally.core.auth.QueryKeyAuth;
import io.simtally.core.auth.Secret;
import io.simtally.core.auth.ThingSpaceAuth;
import io.simtally.core.auth.ThingSpaceCredentials;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that credentials that a response repeats are redacted: for each provider, old and new
 * ones.
 */
@Timeout(60)
class HiddenCredentialsTest {
  private static final String SIGN = "██";

  private final MockWebServer server = new MockWebServer();
  private final FakeTime time = new FakeTime();
  private final AtomicInteger tokens = new AtomicInteger();
  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch held = new CountDownLatch(1);
  private volatile int status = 200;
  private volatile int loginStatus = 200;

  @BeforeEach
  void start() throws IOException {
    server.setServerSocketFactory(new PromptSockets());
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            return answer(request);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  static Stream<Arguments> credentials() {
    return Stream.of(
        sends("key-of-mason", (url, calls) -> new BasicKeyAuth(url, key("key-of-mason"))),
        sends("key-of-alef", (url, calls) -> new QueryKeyAuth(url, "apikey", key("key-of-alef"))),
        sends("token-of-iotx", (url, calls) -> BearerAuth.fixed(url, key("token-of-iotx"))),
        sends("token-of-vault", (url, calls) -> BearerAuth.refreshing(url, () -> "token-of-vault")),
        sends("fixed-bearer", HiddenCredentialsTest::fixedTokens),
        sends("fixed-session", HiddenCredentialsTest::fixedTokens),
        sends("bearer-1", HiddenCredentialsTest::login),
        sends("session-1", HiddenCredentialsTest::login));
  }

  private static Arguments sends(String credential, BiFunction<HttpUrl, Call.Factory, Auth> auth) {
    return Arguments.of(credential, auth);
  }

  private static Secret key(String value) {
    return Secret.of("apiKey", value);
  }

  private static Auth fixedTokens(HttpUrl url, Call.Factory calls) {
    var credentials = ThingSpaceCredentials.tokens("fixed-bearer", "fixed-session");
    return new ThingSpaceAuth(url, credentials, calls);
  }

  private static Auth login(HttpUrl url, Call.Factory calls) {
    var credentials = ThingSpaceCredentials.oauth("the-key", "the-secret").login("judy", "word");
    credentials.forgetRefusal();
    return new ThingSpaceAuth(url, credentials, calls);
  }

  @ParameterizedTest
  @MethodSource("credentials")
  void theFailureDoesNotRepeatWhatTheAnswerDoes(
      String credential, BiFunction<HttpUrl, Call.Factory, Auth> auth) {
    status = 404;
    try (var client = client(auth)) {
      var failure = failureOf(client.thing("a"));

      assertThat(failure.body()).contains("you sent ", SIGN).doesNotContain(credential);
      assertThat(failure.getMessage()).contains("you sent ", SIGN).doesNotContain(credential);
    }
  }

  @ParameterizedTest
  @MethodSource("credentials")
  void theAnswerCarriesItsRequestWithoutThem(
      String credential, BiFunction<HttpUrl, Call.Factory, Auth> auth) throws IOException {
    status = 404;
    var http =
        new OkHttpClient.Builder()
            .addInterceptor(auth.apply(server.url("/"), new OkHttpClient()))
            .build();
    var request = new Request.Builder().url(server.url("/things/a")).build();
    try (var response = http.newCall(request).execute()) {
      assertThat(response.body().string()).contains(credential);
      assertThat(response.request()).isSameAs(request);
      assertThat(response.networkResponse()).isNotNull();
      assertThat(response.networkResponse().request()).isSameAs(request);
    }
  }

  @ParameterizedTest
  @MethodSource("credentials")
  void anyTextCanBeRidOfThem(String credential, BiFunction<HttpUrl, Call.Factory, Auth> auth)
      throws IOException {
    var made = auth.apply(server.url("/"), new OkHttpClient());
    send(made);

    assertThat(made.redact("<" + credential + ">")).isEqualTo("<" + SIGN + ">");
    assertThat(made.redactTruncated("<" + credential.substring(0, 6))).isEqualTo("<" + SIGN);
  }

  @Test
  void theTokenBeforeIsHiddenBesideTheNewOneAndWhileThereIsNone() throws IOException {
    var auth = BearerAuth.refreshing(server.url("/"), () -> "token-" + tokens.incrementAndGet());
    send(auth);
    status = 401;
    send(auth);
    assertThat(auth.redact("token-1 token-2")).isEqualTo(SIGN + " token-2");

    status = 200;
    send(auth);
    assertThat(auth.redact("token-1 token-2")).isEqualTo(SIGN + " " + SIGN);
  }

  @Test
  void theTokensThatHaveEndedAreHiddenInTheNextAnswer() {
    try (var client = client(HiddenCredentialsTest::login)) {
      client.thing("a").execute();
      time.advance(Duration.ofHours(2));
      client.thing("a").execute();
      status = 404;

      assertThat(failureOf(client.thing("bearer-1.session-1")).getMessage())
          .contains("you sent", SIGN)
          .doesNotContain("bearer-1", "session-1");
    }
  }

  @Test
  void aLoginsAnswerIsRidOfKeySecretUserAndPassword() {
    try (var client = client(HiddenCredentialsTest::login)) {
      loginStatus = 404;

      assertThat(failureOf(client.thing("a")).getMessage())
          .contains("you sent", SIGN)
          .doesNotContain("the-key", "the-secret", "judy", "word");
    }
  }

  @Test
  void whatARequestCarriedIsHiddenWhateverLoginsHaveComeSince() throws InterruptedException {
    var failure =
        slowly(
            HiddenCredentialsTest::login,
            client -> {
              time.advance(Duration.ofHours(2));
              client.thing("a").execute();
            });

    assertThat(failure).contains(SIGN).doesNotContain("bearer-1", "session-1");
  }

  @Test
  void whatARequestCarriedIsHiddenWhateverTokensTheSourceHasGivenSince()
      throws InterruptedException {
    var failure =
        slowly(
            (url, calls) -> BearerAuth.refreshing(url, () -> "token-" + tokens.incrementAndGet()),
            client -> {
              status = 401;
              failureOf(client.thing("a"));
              status = 200;
              client.thing("a").execute();
            });

    assertThat(failure).contains(SIGN).doesNotContain("token-1");
  }

  /**
   * Returns the message of a call with a response that repeats the first tokens after many other
   * calls.
   */
  private String slowly(BiFunction<HttpUrl, Call.Factory, Auth> auth, Consumer<TestClient> other)
      throws InterruptedException {
    try (var client = client(auth)) {
      client.thing("a").execute();
      var slow = client.thing("slow").timeout(Duration.ofDays(1)).executeAsync();
      arrived.await();
      for (int i = 0; i < 3; i++) {
        other.accept(client);
      }
      held.countDown();
      return catchThrowable(slow::join).getMessage();
    }
  }

  private TestClient client(BiFunction<HttpUrl, Call.Factory, Auth> auth) {
    return TestClient.builder(server)
        .retryPolicy(RetryPolicy.none())
        .time(time)
        .auth(auth::apply)
        .build();
  }

  private static ApiException failureOf(TestClient.ThingRequest thing) {
    return catchThrowableOfType(ApiException.class, thing::execute);
  }

  private void send(Auth auth) throws IOException {
    var http = new OkHttpClient.Builder().addInterceptor(auth).build();
    http.newCall(new Request.Builder().url(server.url("/things/a")).build()).execute().close();
  }

  private MockResponse answer(RecordedRequest request) throws InterruptedException {
    var target = request.getTarget();
    if (target.endsWith("/oauth2/token")) {
      return answer(200, "{\"access_token\":\"bearer-" + tokens.incrementAndGet() + "\"}");
    }
    if (target.endsWith("/session/login")) {
      return loginStatus == 200
          ? answer(200, "{\"sessionToken\":\"session-" + tokens.get() + "\"}")
          : answer(loginStatus, echo("the-key the-secret judy word"));
    }
    var repeated =
        "%s %s %s"
            .formatted(
                request.getHeaders().get("Authorization"),
                request.getHeaders().get("VZ-M2M-Token"),
                target);
    if (!target.endsWith("/things/slow")) {
      return answer(status, status == 200 ? "{\"value\":1}" : echo(repeated));
    }
    arrived.countDown();
    held.await();
    return answer(404, echo(repeated));
  }

  private static String echo(String repeated) {
    return "{\"errorMessage\":\"you sent " + repeated + "\"}";
  }

  private static MockResponse answer(int status, String body) {
    return new MockResponse.Builder().code(status).body(body).build();
  }
}
