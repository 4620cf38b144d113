package io.simtally.thingspace.m2m;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.simtally.core.ApiException;
import io.simtally.core.CallListener;
import io.simtally.core.RetryPolicy;
import io.simtally.core.auth.ThingSpaceCredentials;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks all output, logs, exceptions and events with a server that repeats all credentials. */
class SecretsTest {
  private static final String KEY = "key-4c1f+/=\"x";
  private static final String SECRET = "secret-91ab";
  private static final String USERNAME = "user-77de";
  private static final String PASSWORD = "pass word-5e\\3c";
  private static final String BEARER = "bearer-0a2b";
  private static final String SESSION = "session-6d8e";
  private static final List<String> CREDENTIALS =
      List.of(
          KEY,
          "key-4c1f%2B%2F%3D%22x",
          "key-4c1f+/=\\\"x",
          SECRET,
          USERNAME,
          PASSWORD,
          "pass word-5e\\\\3c",
          BEARER,
          SESSION,
          ByteString.encodeUtf8(KEY + ":" + SECRET).base64());

  private final MockWebServer server = new MockWebServer();
  private final List<String> printed = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final PrintStream realError = System.err;

  @BeforeEach
  void start() throws IOException {
    server.start();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() {
    System.setErr(realError);
    server.close();
  }

  @Test
  void showsNoCredential() {
    for (int status : new int[] {200, 302, 400, 401, 403, 404, 429, 500, 503}) {
      for (String echoing : List.of("usage", "login", "token")) {
        callAgainst(new EchoingServer(echoing, status));
      }
    }
    callAgainst(new EchoingServer("hang up", 0));

    printed.add(log.toString(StandardCharsets.UTF_8));
    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("thingspace-m2m POST /m2m/v1/devices/usage/actions/list attempt 1 -> 404")
        .contains("POST /m2m/v1/session/login -> 400");
    assertThat(String.join("\n", printed)).contains("██");
    for (var text : printed) {
      assertThat(CREDENTIALS).noneMatch(text::contains);
    }
  }

  @Test
  void showsNoCredentialToTheUsersInterceptors() {
    var seen = new ArrayList<String>();
    Interceptor curious =
        chain -> {
          var response = chain.proceed(chain.request());
          seen.add(chain.request().url() + " " + chain.request().headers());
          seen.add(response.request().url() + " " + response.request().headers());
          var network = response.networkResponse();
          seen.add(network == null ? "" : network.request().headers().toString());
          seen.add(chain.call().request().headers().toString());
          return response;
        };
    server.setDispatcher(new EchoingServer("nothing", 200));
    try (var client =
        client(new OkHttpClient.Builder().addInterceptor(curious).build(), CallListener.NONE)) {
      var failure = catchThrowable(request(client)::execute);
      assertThat(failure).isNull();
    }

    // This includes the token requests with key, secret, user and password.
    assertThat(seen)
        .isNotEmpty()
        .noneMatch(text -> text.contains("/oauth2/token") || text.contains("/session/login"))
        .allSatisfy(text -> assertThat(CREDENTIALS).noneMatch(text::contains));
  }

  private void callAgainst(Dispatcher dispatcher) {
    server.setDispatcher(dispatcher);
    CallListener listener =
        new CallListener() {
          @Override
          public void callStarted(Started event) {
            printed.add(event.toString());
          }

          @Override
          public void attemptStarted(Attempt event) {
            printed.add(event.toString());
          }

          @Override
          public void retryScheduled(Retry event) {
            printed.add(event.toString());
          }

          @Override
          public void callFinished(Finished event) {
            printed.add(event.toString());
            throw new IllegalStateException("a listener that fails is logged");
          }
        };
    try (var client = client(new OkHttpClient(), listener)) {
      var request = request(client);
      printed.add(client + " " + request + " " + ThingSpaceM2m.builder());
      print(catchThrowable(request::execute));
      print(catchThrowable(request.executeAsync()::join));
    }
  }

  private ThingSpaceM2m client(OkHttpClient http, CallListener listener) {
    var credentials = ThingSpaceCredentials.oauth(KEY, SECRET).login(USERNAME, PASSWORD);
    credentials.forgetRefusal();
    printed.add(credentials + " " + ThingSpaceCredentials.oauth(KEY, SECRET));
    return ThingSpaceM2m.builder()
        .baseUrl(server.url("/api").toString())
        .credentials(credentials)
        .httpClient(http)
        .listener(listener)
        .retryPolicy(
            RetryPolicy.standard()
                .maxAttempts(2)
                .delays(Duration.ofMillis(1), Duration.ofMillis(1)))
        .build();
  }

  private static UsageHistoryRequest request(ThingSpaceM2m client) {
    return client
        .usageHistory()
        .device(DeviceId.imei("354394080001238"))
        .earliest(Instant.EPOCH)
        .latest(Instant.EPOCH);
  }

  private void print(Throwable failure) {
    if (failure == null) {
      return;
    }
    var trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    printed.add(trace.toString());
    var cause = failure.getCause() == null ? failure : failure.getCause();
    for (var each : List.of(failure, cause)) {
      if (each instanceof ApiException api) {
        printed.add(
            String.join(
                "\n",
                String.valueOf(api.code()),
                String.valueOf(api.providerMessage()),
                String.valueOf(api.requestId()),
                api.headers().toString(),
                api.headers().toMultimap().toString(),
                api.body(),
                api.operation()));
      }
    }
  }

  /** Repeats everything that one endpoint has received; the other endpoints respond normally. */
  private static final class EchoingServer extends Dispatcher {
    private final String echoing;
    private final int status;
    private final StringBuilder received = new StringBuilder();

    EchoingServer(String echoing, int status) {
      this.echoing = echoing;
      this.status = status;
    }

    @Override
    public synchronized MockResponse dispatch(RecordedRequest request) {
      received.append(request.getHeaders()).append(request.getBody().utf8());
      received.append(KEY).append(' ').append(SECRET).append(' ').append(PASSWORD);
      var endpoint =
          request.getTarget().endsWith("/token")
              ? "token"
              : request.getTarget().endsWith("/login") ? "login" : "usage";
      if (echoing.equals("hang up") && endpoint.equals("usage")) {
        return new MockResponse.Builder().onRequestStart(new SocketEffect.CloseSocket()).build();
      }
      if (echoing.equals(endpoint)) {
        return echo();
      }
      return new MockResponse.Builder()
          .body(
              switch (endpoint) {
                case "token" -> "{\"access_token\":\"" + BEARER + "\",\"expires_in\":3600}";
                case "login" -> "{\"sessionToken\":\"" + SESSION + "\"}";
                default -> "{\"hasMoreData\":false,\"usageHistory\":[]}";
              })
          .build();
    }

    private MockResponse echo() {
      var all = received.toString();
      var quoted = ByteString.encodeUtf8(all).utf8().replace("\\", "\\\\");
      var json = quoted.replace("\"", "\\\"").replace("\n", "\\n");
      return new MockResponse.Builder()
          .code(status)
          .addHeader("X-Request-Id", "a" + SECRET + "b")
          .addHeader("X-Echo", all.replaceAll("[^ -~]", " "))
          .body(
              status == 404
                  ? all
                  : "{\"errorCode\":\"" + json + "\",\"hasMoreData\":\"" + json + "\"}")
          .build();
    }
  }
}
