package io.simtally.examples.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.simulator.Fault;
import io.simtally.simulator.SimulatorServer;
import io.simtally.simulator.carriers.Simulators;
import io.simtally.simulator.mason.MasonSimulator;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

// #region test
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
final class FleetApplicationTest {
  private static final Simulators CARRIERS = Simulators.start();
  private static final EmbeddedPostgres POSTGRES = startPostgres();
  private static final MasonSimulator US =
      MasonSimulator.builder().sims(3).seed(2).apiKey("key-us").build();
  private static final SimulatorServer US_SERVER = US.start();
  private static final String SUBJECTS =
      "select count(distinct subject) from usage_record where account = ";

  @TempDir static Path folder;

  @Autowired private FleetSync sync;
  @LocalServerPort private int port;

  @DynamicPropertySource
  static void simulated(DynamicPropertyRegistry registry) {
    Map<String, String> environment = CARRIERS.environment();
    registry.add("simtally.mason.api-key", () -> environment.get("MASON_API_KEY"));
    registry.add("simtally.mason.base-url", () -> environment.get("MASON_BASE_URL"));
    registry.add("simtally.thing-space.key", () -> environment.get("THINGSPACE_KEY"));
    registry.add("simtally.thing-space.secret", () -> environment.get("THINGSPACE_SECRET"));
    registry.add("simtally.thing-space.username", () -> environment.get("THINGSPACE_USERNAME"));
    registry.add("simtally.thing-space.password", () -> environment.get("THINGSPACE_PASSWORD"));
    registry.add("simtally.thing-space.base-url", () -> environment.get("THINGSPACE_BASE_URL"));
    registry.add("simtally.sync.config", FleetApplicationTest::config);
    registry.add("simtally.sync.cron", () -> "-"); // the test says when
  }

  /** Writes the accounts: two of Mason, and the devices of ThingSpace. */
  private static Path config() {
    try {
      String devices =
          CARRIERS.thingSpace().devices().stream()
              .map(device -> "thingspace-m2m,iccid," + device.idOf("iccid") + "\n")
              .collect(Collectors.joining());
      Files.writeString(folder.resolve("verizon.csv"), "provider,kind,id\n" + devices);
      return Files.writeString(
          folder.resolve("simtally.toml"),
          """
          store = "%s"
          [accounts.mason-eu]
          provider = "mason-usage"
          api_key = "${MASON_API_KEY}"
          base_url = "${MASON_BASE_URL}"
          [accounts.mason-us]
          provider = "mason-usage"
          api_key = "key-us"
          base_url = "%s"
          [accounts.verizon]
          provider = "thingspace"
          key = "${THINGSPACE_KEY}"
          secret = "${THINGSPACE_SECRET}"
          username = "${THINGSPACE_USERNAME}"
          password = "${THINGSPACE_PASSWORD}"
          base_url = "${THINGSPACE_BASE_URL}"
          devices = "verizon.csv"
          """
              .formatted(POSTGRES.getJdbcUrl("postgres", "postgres"), US_SERVER.url()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void readsTheAccountsIntoPostgresAndReportsToTheActuator() throws Exception {
    assertThat(get("/actuator/health/fleet").body()).contains("UNKNOWN");
    CARRIERS.mason().next(Fault.serviceUnavailable());

    assertThat(sync.run().isComplete()).isTrue();

    assertThat(count(SUBJECTS + "'mason-eu'")).isEqualTo(CARRIERS.mason().iccids().size());
    assertThat(count(SUBJECTS + "'mason-us'")).isEqualTo(3);
    assertThat(count(SUBJECTS + "'verizon'")).isEqualTo(CARRIERS.thingSpace().devices().size());
    assertThat(get("/actuator/health/fleet").body())
        .contains("UP", "\"mason-eu mason-usage\":\"read\"", "\"mason-us mason-usage\":\"read\"");
    assertThat(get("/actuator/metrics/simtally.calls").body()).contains("mason-usage", "SUCCESS");
    assertThat(get("/actuator/metrics/simtally.retries").statusCode()).isEqualTo(200);
  }

  @Test
  void answersForOneSim() throws Exception {
    String iccid = CARRIERS.mason().iccids().get(0);
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    String range = "/bytes?from=" + today.minusDays(7) + "&to=" + today;

    assertThat(Long.parseLong(get("/sims/" + iccid + range).body())).isPositive();
    assertThat(get("/sims/8900000000000000000" + range).statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static long count(String query) throws SQLException {
    try (var connection = POSTGRES.getPostgresDatabase().getConnection();
        var rows = connection.createStatement().executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  // #endregion test
  private static EmbeddedPostgres startPostgres() {
    try {
      return EmbeddedPostgres.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void stop() throws IOException {
    CARRIERS.close();
    US_SERVER.close();
    POSTGRES.close();
  }
}
