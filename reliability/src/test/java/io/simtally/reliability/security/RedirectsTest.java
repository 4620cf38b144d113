package io.simtally.reliability.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.reliability.Provider;
import io.simtally.reliability.Setup;
import io.simtally.reliability.security.EchoingServer.Endpoint;
import io.simtally.reliability.security.EchoingServer.Shape;
import io.simtally.simulator.internal.PromptSockets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Redirects by servers, and interceptors that change the address. */
@Timeout(600)
class RedirectsTest {
  private static final int[] REDIRECTS = {300, 301, 302, 303, 307, 308};
  private static final OkHttpClient FOLLOWING = new OkHttpClient();

  private final MockWebServer server = new MockWebServer();
  private final MockWebServer elsewhere = new MockWebServer();
  private final List<RecordedRequest> arrivedElsewhere = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server.setServerSocketFactory(new PromptSockets());
    server.start();
    elsewhere.setServerSocketFactory(new PromptSockets());
    elsewhere.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            arrivedElsewhere.add(request);
            return new MockResponse.Builder().code(404).build();
          }
        });
    elsewhere.start();
  }

  @AfterEach
  void stop() {
    server.close();
    elsewhere.close();
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void areNotFollowed(Provider provider) throws Exception {
    for (var endpoint : provider.hasLogin() ? Endpoint.values() : new Endpoint[] {Endpoint.CALL}) {
      for (var status : REDIRECTS) {
        for (var location : List.of("/base/other", elsewhere.url("/stolen").toString())) {
          assertNotFollowed(provider, new Redirecting(provider, endpoint, status, location));
        }
      }
    }
  }

  private void assertNotFollowed(Provider provider, Redirecting dispatcher) throws Exception {
    server.setDispatcher(dispatcher);
    try (var subject = provider.open(Setup.of(server.url("/base").toString()).http(FOLLOWING))) {
      var failure = catchThrowableOfType(ApiException.class, subject.request()::execute);

      assertThat(failure.kind()).isEqualTo(Kind.UNEXPECTED_STATUS);
      assertThat(failure.status()).isEqualTo(dispatcher.status);
    }
    assertThat(dispatcher.redirected).isEqualTo(1);
    assertThat(dispatcher.followed).isZero();
    assertThat(arrivedElsewhere).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void sendsNoCredentialToAnAddressThatAnInterceptorSets(Provider provider) throws Exception {
    server.setDispatcher(
        new EchoingServer(provider, Endpoint.CALL, Shape.GOOD_ANSWER, 200, Spelling.PLAIN));
    var home = server.url("/base");
    var otherPort = elsewhere.url("/stolen");
    var otherName =
        home.newBuilder().host(home.host().equals("localhost") ? "127.0.0.1" : "localhost").build();
    for (var detour : List.of(otherPort, otherName)) {
      var sent = new ArrayList<String>();
      try (var subject = provider.open(Setup.of(home.toString()).http(leadingTo(detour, sent)))) {
        catchThrowableOfType(ApiException.class, subject.request()::execute);
      }

      assertThat(sent).isNotEmpty();
      for (var secret : provider.everySecret()) {
        assertThat(sent).noneMatch(text -> text.contains(secret));
        assertThat(sent).noneMatch(text -> text.contains(Spelling.QUERY.of(secret)));
      }
    }
    assertThat(arrivedElsewhere).hasSize(1);
    assertThat(arrivedElsewhere.get(0).getHeaders().names())
        .doesNotContain("Authorization", "VZ-M2M-Token");
  }

  /**
   * Returns a client with an interceptor that changes the address and a network interceptor that
   * records the requests.
   */
  private static OkHttpClient leadingTo(HttpUrl detour, List<String> sent) {
    return FOLLOWING
        .newBuilder()
        .addInterceptor(chain -> chain.proceed(chain.request().newBuilder().url(detour).build()))
        .addNetworkInterceptor(
            chain -> {
              var request = chain.request();
              request.headers().forEach(header -> sent.add(header.getSecond()));
              sent.add(request.url().toString());
              return chain.proceed(request);
            })
        .build();
  }

  /** Redirects the requests of one endpoint. */
  private static final class Redirecting extends Dispatcher {
    private final EchoingServer usual;
    private final Endpoint endpoint;
    private final int status;
    private final String location;
    private volatile int redirected;
    private volatile int followed;

    Redirecting(Provider provider, Endpoint endpoint, int status, String location) {
      this.usual =
          new EchoingServer(provider, Endpoint.CALL, Shape.GOOD_ANSWER, 200, Spelling.PLAIN);
      this.endpoint = endpoint;
      this.status = status;
      this.location = location;
    }

    @Override
    public synchronized MockResponse dispatch(RecordedRequest request) {
      if (String.valueOf(request.getTarget()).startsWith("/base/other")) {
        followed++;
        return new MockResponse.Builder().code(404).build();
      }
      if (EchoingServer.asked(request) != endpoint) {
        return usual.dispatch(request);
      }
      redirected++;
      return new MockResponse.Builder().code(status).addHeader("Location", location).build();
    }
  }
}
