package io.simtally.reliability.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.core.CallListener;
import io.simtally.reliability.Provider;
import io.simtally.reliability.Setup;
import io.simtally.reliability.Shown;
import io.simtally.reliability.security.EchoingServer.Endpoint;
import io.simtally.reliability.security.EchoingServer.Shape;
import io.simtally.simulator.internal.PromptSockets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.MockWebServer;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks all output, logs, exceptions and events with servers that repeat credentials. */
@Timeout(600)
class SecretsTest {
  private static final int[] STATUSES = {200, 302, 400, 401, 403, 404, 429, 500, 503};

  /** Reading the system's certificates for each client would take most of the time. */
  private static final OkHttpClient SHARED = new OkHttpClient();

  private final MockWebServer server = new MockWebServer();
  private final List<String> shown = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final PrintStream realOut = System.out;
  private final PrintStream realError = System.err;

  @BeforeEach
  void start() throws IOException {
    server.setServerSocketFactory(new PromptSockets());
    server.start();
    var captured = new PrintStream(log, true, StandardCharsets.UTF_8);
    System.setErr(captured);
    System.setOut(captured);
  }

  @AfterEach
  void stop() {
    System.setErr(realError);
    System.setOut(realOut);
    server.close();
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void showsNoSecretForAnyStatus(Provider provider) throws Exception {
    for (var endpoint : endpoints(provider)) {
      for (var status : STATUSES) {
        call(
            provider,
            new EchoingServer(provider, endpoint, Shape.ERROR_JSON, status, Spelling.JSON));
      }
    }
    assertNothingLeaked(provider);
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void showsNoSecretInAnyEscapedForm(Provider provider) throws Exception {
    for (var spelling : Spelling.values()) {
      for (var shape : Shape.values()) {
        call(provider, new EchoingServer(provider, Endpoint.CALL, shape, 404, spelling));
        call(provider, new EchoingServer(provider, Endpoint.CALL, shape, 200, spelling));
      }
    }
    assertNothingLeaked(provider);
  }

  @ParameterizedTest
  @EnumSource(
      value = Provider.class,
      names = {"M2M", "HYPER_PRECISE"})
  void showsNoSecretOfAFailedLogin(Provider provider) throws Exception {
    for (var endpoint : List.of(Endpoint.TOKEN, Endpoint.LOGIN)) {
      for (var shape : Shape.values()) {
        for (var spelling : List.of(Spelling.PLAIN, Spelling.JSON, Spelling.FORM)) {
          call(provider, new EchoingServer(provider, endpoint, shape, 400, spelling));
        }
        call(provider, new EchoingServer(provider, endpoint, shape, 200, Spelling.JSON));
      }
    }
    assertNothingLeaked(provider);
    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("POST /m2m/v1/session/login -> 400")
        .contains("POST /ts/v1/oauth2/token -> 400");
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void showsNoSecretToTheUsersInterceptors(Provider provider) throws Exception {
    Interceptor curious =
        chain -> {
          var request = chain.request();
          var response = chain.proceed(request);
          assertThat(request.url().encodedPath()).doesNotMatch(".*/(oauth2/token|session/login)");
          shown.add(request.url() + "\n" + request.headers() + request);
          shown.add(response.request().url() + "\n" + response.request().headers() + response);
          var network = response.networkResponse();
          shown.add(network == null ? "" : network.request().url() + "\n" + network.request());
          shown.add(chain.call().request().url() + "\n" + chain.call().request().headers());
          return response;
        };
    server.setDispatcher(
        new EchoingServer(provider, Endpoint.CALL, Shape.TEXT, 418, Spelling.PLAIN));
    var setup =
        Setup.of(server.url("/base").toString())
            .http(SHARED.newBuilder().addInterceptor(curious).build());
    try (var subject = provider.open(setup)) {
      keep(subject.request()::execute);
    }

    // Skip the response's own headers: they are the server's words, which repeat credentials here.
    shown.replaceAll(text -> text.replaceAll("(?im)^x-(echo|request-id):.*$", ""));
    assertNothingLeaked(provider);
  }

  private static List<Endpoint> endpoints(Provider provider) {
    return provider.hasLogin() ? List.of(Endpoint.values()) : List.of(Endpoint.CALL);
  }

  private void call(Provider provider, EchoingServer dispatcher) throws Exception {
    server.setDispatcher(dispatcher);
    var setup = Setup.of(server.url("/base").toString()).http(SHARED).listener(new Recorder(shown));
    try (var subject = provider.open(setup)) {
      subject.printable().forEach(each -> shown.add(each.toString()));
      shown.add(subject.request().toString());
      keep(subject.request()::executeWithResponse);
      keep(subject.request().executeAsync()::join);
    }
    assertThat(dispatcher.targets()).isNotEmpty();
  }

  private void keep(Callable<?> call) throws Exception {
    try {
      shown.add(String.valueOf(call.call()));
    } catch (RuntimeException e) {
      shown.add(Shown.of(e));
    }
  }

  private void assertNothingLeaked(Provider provider) {
    var logged = log.toString(StandardCharsets.UTF_8);
    assertThat(logged).contains("attempt 1 -> ");
    shown.add(logged);
    var needles = new ArrayList<String>();
    for (var secret : provider.everySecret()) {
      needles.add(secret);
      // The plain halves and their prefixes, which most escaped forms leave unchanged.
      for (int i = secret.indexOf("Zq7"); i >= 0; i = secret.indexOf("Zq7", i + 1)) {
        needles.add("Zq7" + secret.substring(i + 3, i + 6));
      }
      for (int i = secret.indexOf("Wv5"); i >= 0; i = secret.indexOf("Wv5", i + 1)) {
        needles.add("Wv5" + secret.substring(i + 3, i + 6));
      }
      if (!secret.contains("Zq7")) {
        needles.add(secret.substring(0, 12));
      }
      needles.add(Spelling.PERCENT.of(secret).substring(0, 21));
      needles.add(Spelling.JSON_UNICODE.of(secret).substring(0, 36));
    }
    for (var text : shown) {
      for (var needle : needles) {
        assertThat(text.indexOf(needle)).as(() -> around(text, needle)).isNegative();
      }
    }
  }

  private static String around(String text, String needle) {
    var at = text.indexOf(needle);
    return text.substring(Math.max(0, at - 300), Math.min(text.length(), at + 200));
  }

  /** Records every event, and throws at the last one, so that the failure is logged too. */
  private record Recorder(List<String> events) implements CallListener {
    @Override
    public void callStarted(Started event) {
      events.add(event.toString());
    }

    @Override
    public void attemptStarted(Attempt event) {
      events.add(event.toString());
    }

    @Override
    public void retryScheduled(Retry event) {
      events.add(event.toString());
    }

    @Override
    public void callFinished(Finished event) {
      events.add(event.toString());
      throw new IllegalStateException("a listener that fails is logged");
    }
  }
}
