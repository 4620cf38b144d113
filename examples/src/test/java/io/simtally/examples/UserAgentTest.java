package io.simtally.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.alef.AlefConnectivity;
import io.simtally.core.ApiException;
import io.simtally.core.ApiRequest;
import io.simtally.core.ClientBuilder;
import io.simtally.core.RetryPolicy;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.iotx.IotxAnalytics;
import io.simtally.mason.MasonUsage;
import io.simtally.thingspace.hyperprecise.ThingSpaceHyperPrecise;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The user agent of each client in each of its requests, including logins. */
final class UserAgentTest {

  private static final OffsetDateTime DAY = OffsetDateTime.parse("2026-01-01T00:00:00Z");

  private final MockWebServer server = new MockWebServer();
  private final List<String> userAgents = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public synchronized MockResponse dispatch(RecordedRequest request) {
            userAgents.add(String.valueOf(request.getHeaders().get("User-Agent")));
            return new MockResponse.Builder()
                .body("{\"access_token\":\"a-bearer\",\"sessionToken\":\"a-session\"}")
                .build();
          }
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void iotxAnalytics() throws IOException {
    try (var client = ours(IotxAnalytics.builder().token("a-token")).build()) {
      send(client.sessionCount().startDate(DAY).endDate(DAY));
    }
    assertThat(userAgents).containsExactly(userAgent("iotx-analytics"));
  }

  @Test
  void masonUsage() throws IOException {
    try (var client = ours(MasonUsage.builder().apiKey("a-key")).build()) {
      send(client.aggregateAccountUsage().month(YearMonth.of(2026, 1)));
    }
    assertThat(userAgents).containsExactly(userAgent("mason-usage"));
  }

  @Test
  void alefConnectivity() throws IOException {
    try (var client = ours(AlefConnectivity.builder().apiKey("a-key")).build()) {
      send(client.accountTimeUsage("an-account").between(DAY, DAY.plusDays(1)));
    }
    assertThat(userAgents).containsExactly(userAgent("alef-connectivity"));
  }

  @Test
  void thingSpaceM2mAndItsLogins() throws IOException {
    var credentials = ThingSpaceCredentials.oauth("a-key", "a-secret").login("joe", "a-word");
    try (var client = ours(ThingSpaceM2m.builder().credentials(credentials)).build()) {
      send(
          client
              .usageHistory()
              .device(DeviceId.imei("354394080001238"))
              .earliest(Instant.EPOCH)
              .latest(Instant.EPOCH));
    }
    assertThat(userAgents).hasSize(3).containsOnly(userAgent("thingspace-m2m"));
  }

  @Test
  void thingSpaceHyperPrecise() throws IOException {
    var credentials = ThingSpaceCredentials.tokens("a-bearer", "a-session");
    try (var client = ours(ThingSpaceHyperPrecise.builder().credentials(credentials)).build()) {
      send(client.sessionReport().accountNumber("1").imei("354394080001238"));
    }
    assertThat(userAgents).containsExactly(userAgent("thingspace-hyperprecise"));
  }

  private <B extends ClientBuilder<B>> B ours(B builder) {
    return builder
        .baseUrl(server.url("/").toString())
        .retryPolicy(RetryPolicy.none())
        .userAgentSuffix("acme-billing/3.1");
  }

  private static void send(ApiRequest<?, ?> request) {
    try {
      request.execute();
    } catch (ApiException e) {
      // The answer above is not valid for any call; this test needs only the request.
      assertThat(e.kind()).isEqualTo(ApiException.Kind.UNREADABLE_RESPONSE);
    }
  }

  /** Returns the user agent with the versions of the parent pom and the running JVM. */
  private static String userAgent(String module) throws IOException {
    var version =
        Pattern.compile("<version>(.*?)</version>")
            .matcher(Files.readString(Path.of("..", "pom.xml")));
    assertThat(version.find()).isTrue();
    return "simtally/%s (%s; Java/%s) acme-billing/3.1"
        .formatted(version.group(1), module, System.getProperty("java.version"));
  }
}
