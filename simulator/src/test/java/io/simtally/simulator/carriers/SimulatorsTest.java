package io.simtally.simulator.carriers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.simulator.Answer;
import io.simtally.simulator.January;
import io.simtally.simulator.Operation;
import io.simtally.simulator.Simulator;
import io.simtally.simulator.alef.AlefSimulator;
import io.simtally.simulator.iotx.IotxSimulator;
import io.simtally.simulator.mason.MasonSimulator;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SimulatorsTest {

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

  @ParameterizedTest
  @ValueSource(strings = {"/analytics/x", "/beta/x", "/connectivity/x", "/api/x", "/elsewhere"})
  void sendsNoBodyWhereOnlyTheHeadWasAskedFor(String path) throws Exception {
    try (Simulators simulators = Simulators.start();
        Socket socket = new Socket()) {
      URI server = URI.create(simulators.environment().get("IOTX_BASE_URL"));
      socket.setSoTimeout(20_000);
      socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
      for (String verb : List.of("HEAD", "GET")) {
        String request = verb + " " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(UTF_8));
      }

      // The head of the second answer follows the first one, which a client would not show.
      BufferedReader answers =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      assertThat(head(answers))
          .isEqualTo(head(answers))
          .first()
          .asString()
          .startsWith("HTTP/1.1 404");
    }
  }

  private static List<String> head(BufferedReader answers) throws IOException {
    List<String> head = new ArrayList<>();
    for (String line = answers.readLine(); !line.isEmpty(); line = answers.readLine()) {
      head.add(line);
    }
    return head;
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
              "THINGSPACE_BASE_URL", url -> assertThat(url).matches("http://127.*/api"));
    }
  }

  @Test
  void printsTheVariablesForAShellUntilItsInputEnds() throws Exception {
    InputStream input = System.in;
    PrintStream output = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Map<String, String> environment;
    try (Simulators simulators = Simulators.start()) {
      environment = simulators.environment();
    }
    try {
      System.setIn(new ByteArrayInputStream("typed\n".getBytes(UTF_8)));
      System.setOut(new PrintStream(printed, true, UTF_8));
      Simulators.main();
    } finally {
      System.setIn(input);
      System.setOut(output);
    }

    List<String> lines = printed.toString(UTF_8).lines().toList();
    assertThat(lines).last().asString().startsWith("# ");
    assertThat(lines.subList(0, lines.size() - 1))
        .hasSameSizeAs(environment.keySet())
        .allSatisfy(line -> assertThat(line).matches("export [A-Z0-9_]+=[A-Za-z0-9_./:-]+"));
  }

  @Test
  void recordsEveryOperationByItsTemplate() throws Exception {
    try (Simulators simulators = Simulators.start()) {
      for (Operation operation : Operation.values()) {
        String[] template = operation.template().replaceAll("\\{fleet}", "default").split(" ");
        String url = baseUrl(simulators, operation) + template[1].replaceAll("\\{\\w+}", "one");
        Answer.of(template[0], url);
      }

      assertThat(
              simulators.all().stream()
                  .flatMap(simulator -> simulator.calls().stream())
                  .map(call -> call.operation().orElseThrow()))
          .containsExactlyInAnyOrder(Operation.values());
    }
  }

  /** Returns the address of the simulator with the operation. */
  private static String baseUrl(Simulators simulators, Operation operation) {
    List<String> found = new ArrayList<>();
    for (Simulator<?> simulator : simulators.all()) {
      try {
        simulator.on(operation);
      } catch (IllegalArgumentException e) {
        continue; // Another provider's.
      }
      simulators
          .environment()
          .forEach(
              (name, value) -> {
                if (name.endsWith("_BASE_URL")
                    && simulator.environmentBehind("").containsKey(name)) {
                  found.add(value);
                }
              });
    }
    assertThat(found).as(operation.template()).hasSize(1);
    return found.get(0);
  }

  private static int status(String url) throws IOException {
    return Answer.of("GET", url).status();
  }
}
