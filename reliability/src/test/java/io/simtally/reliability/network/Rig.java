package io.simtally.reliability.network;

import io.simtally.core.RetryPolicy;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.reliability.TestTls;
import io.simtally.simulator.internal.PromptSockets;
import io.simtally.thingspace.m2m.DailyUsage;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ExtendedAttribute;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import io.simtally.thingspace.m2m.UsageHistory;
import io.simtally.thingspace.m2m.UsageHistoryRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/** A client, a server with one response, and the proxy between them. */
final class Rig implements AutoCloseable {
  /** MockWebServer logs each broken connection with a stack trace. */
  private static final Logger SERVER_LOG = Logger.getLogger(MockWebServer.class.getName());

  static {
    SERVER_LOG.setLevel(Level.OFF);
  }

  private final MockWebServer server = new MockWebServer();
  private final AtomicInteger requests = new AtomicInteger();
  private final FaultyProxy proxy;
  private final @Nullable OkHttpClient http;
  private final ThingSpaceM2m client;

  private Rig(Wire wire, Framing framing, OkHttpClient.@Nullable Builder usersClient)
      throws IOException {
    server.setServerSocketFactory(new PromptSockets());
    server.setProtocols(List.of(wire.isHttp2() ? Protocol.H2_PRIOR_KNOWLEDGE : Protocol.HTTP_1_1));
    server.setDispatcher(counting(framing.answer(sample(), wire.isHttp2())));
    server.start();
    proxy = FaultyProxy.start(wire, TestTls.server(), server.getPort());
    var scheme = wire.isTls() ? "https" : "http";
    var builder =
        ThingSpaceM2m.builder()
            .baseUrl(scheme + "://127.0.0.1:" + proxy.port() + "/api")
            .credentials(ThingSpaceCredentials.tokens("bearer-7f3a", "session-91c2"))
            .retryPolicy(RetryPolicy.standard().delays(Duration.ofMillis(1), Duration.ofMillis(1)));
    http = usersClient == null ? null : TestTls.trusting(usersClient).build();
    client = (http == null ? builder : builder.httpClient(http)).build();
  }

  /**
   * Creates a rig with Simtally's default OkHttp client if possible; with TLS, only the test's
   * client trusts the server.
   */
  static Rig of(Wire wire, Framing framing) throws IOException {
    return new Rig(wire, framing, wire.isTls() ? new OkHttpClient.Builder() : null);
  }

  /** Creates a rig with an OkHttp client of the user that has a read timeout. */
  static Rig of(Wire wire, Framing framing, Duration longestSilence) throws IOException {
    return new Rig(
        wire,
        framing,
        new OkHttpClient.Builder().connectTimeout(longestSilence).readTimeout(longestSilence));
  }

  private Dispatcher counting(MockResponse answer) {
    return new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        requests.incrementAndGet();
        return answer;
      }
    };
  }

  FaultyProxy proxy() {
    return proxy;
  }

  UsageHistoryRequest request() {
    return client
        .usageHistory()
        .device(new DeviceId("Eid", "50684915885088839315521399821675"))
        .earliest(Instant.parse("2020-12-01T00:00:00Z"))
        .latest(Instant.parse("2020-12-30T00:00:00Z"));
  }

  /** Returns the number of complete requests that the server has received. */
  int requests() {
    return requests.get();
  }

  /** Returns the content of {@code usage-by-label.response.json}, written by hand. */
  static UsageHistory rightAnswer() {
    return new UsageHistory(
        new DeviceId("Eid", "50684915885088839315521399821675"),
        List.of(
            day("2020-12-01T00:00:00Z", 4096),
            day("2020-12-02T00:00:00Z", 8192),
            day("2020-12-09T00:00:00Z", 4096)),
        false);
  }

  private static DailyUsage day(String timestamp, long bytes) {
    return new DailyUsage(
        OffsetDateTime.parse(timestamp),
        bytes,
        0,
        "Raw Usage",
        null,
        List.of(new ExtendedAttribute("MoSms", "0"), new ExtendedAttribute("MtSms", "0")));
  }

  private static String sample() throws IOException {
    try (var in = Rig.class.getResourceAsStream("usage-by-label.response.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Closes the client and the user's OkHttp client, but not the proxy and the server. */
  void closeClient() {
    client.close();
    if (http != null) {
      TestTls.close(http);
    }
  }

  @Override
  public void close() throws IOException {
    closeClient();
    proxy.close();
    server.close();
  }
}
