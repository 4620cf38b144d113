package io.simtally.simulator.carriers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.simulator.January;
import io.simtally.simulator.alef.AlefSimulator;
import io.simtally.simulator.iotx.IotxSimulator;
import io.simtally.simulator.mason.MasonSimulator;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SimulatorsTest {

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void handsEachRequestToTheSimulatorOfItsPath() throws Exception {
    try (Simulators simulators = Simulators.start()) {
      Map<String, String> environment = simulators.environment();

      assertThat(status(environment.get("IOTX_BASE_URL") + "/analytics/x")).isBetween(400, 499);
      assertThat(status(environment.get("MASON_BASE_URL") + "/beta/x")).isBetween(400, 499);
      assertThat(status(environment.get("ALEF_BASE_URL") + "/connectivity/x")).isBetween(400, 499);
      assertThat(status(environment.get("THINGSPACE_BASE_URL") + "/x")).isBetween(400, 499);

      assertThat(simulators.iotx().requests()).hasSize(1);
      assertThat(simulators.mason().requests()).hasSize(1);
      assertThat(simulators.alef().requests()).hasSize(1);
      assertThat(simulators.thingSpace().requests()).hasSize(1);
    }
  }

  @Test
  void answersThatNobodyServesAnythingElse() throws Exception {
    try (Simulators simulators = Simulators.start()) {
      assertThat(status(simulators.environment().get("ALEF_BASE_URL") + "/elsewhere"))
          .isEqualTo(404);
      assertThat(simulators.alef().requests()).isEmpty();
    }
  }

  @Test
  void namesTheVariablesOfItsClients() {
    ThingSpaceSimulator thingSpace =
        January.of(ThingSpaceSimulator.builder())
            .application("a-key", "a-secret")
            .user("me", "a-word")
            .build();
    try (Simulators simulators =
        Simulators.builder()
            .iotx(January.of(IotxSimulator.builder()).token("an-iotx-token").build())
            .mason(
                January.of(MasonSimulator.builder()).apiKey("a-mason-key").fleet("north").build())
            .alef(January.of(AlefSimulator.builder()).account("an-account", "an-alef-key").build())
            .thingSpace(thingSpace)
            .start()) {
      assertThat(simulators.thingSpace()).isSameAs(thingSpace);
      assertThat(simulators.environment())
          .containsEntry("IOTX_TOKEN", "an-iotx-token")
          .containsEntry("MASON_API_KEY", "a-mason-key")
          .containsEntry("MASON_FLEET", "north")
          .containsEntry("ALEF_API_KEY", "an-alef-key")
          .containsEntry("ALEF_ACCOUNT_ID", "an-account")
          .containsEntry("THINGSPACE_KEY", "a-key")
          .containsEntry("THINGSPACE_SECRET", "a-secret")
          .containsEntry("THINGSPACE_USERNAME", "me")
          .containsEntry("THINGSPACE_PASSWORD", "a-word")
          .hasEntrySatisfying(
              "THINGSPACE_BASE_URL", url -> assertThat(url).matches("http://127.*/api"))
          .hasSize(13);
    }
  }

  @Test
  void printsTheVariablesForAShellUntilItsInputEnds() throws Exception {
    InputStream input = System.in;
    PrintStream output = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try {
      System.setIn(new ByteArrayInputStream("typed\n".getBytes(UTF_8)));
      System.setOut(new PrintStream(printed, true, UTF_8));
      Simulators.main();
    } finally {
      System.setIn(input);
      System.setOut(output);
    }

    assertThat(printed.toString(UTF_8).lines())
        .hasSize(13)
        .allSatisfy(line -> assertThat(line).matches("export [A-Z0-9_]+=[A-Za-z0-9_./:-]+"));
  }

  private int status(String url) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
