package io.simtally.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.simulator.carriers.Simulators;
import io.simtally.simulator.mason.MasonSimulator;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs the command and checks its output, its exit code and its requests. */
final class CheckCommandTest {
  private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);

  @TempDir private Path directory;

  private final List<String> questions = new ArrayList<>();
  private final Simulators simulators =
      Simulators.builder()
          .mason(MasonSimulator.builder().days(TODAY.minusDays(20), TODAY).build())
          .thingSpace(ThingSpaceSimulator.builder().days(TODAY.minusDays(20), TODAY).build())
          .start();

  @AfterEach
  void stop() {
    simulators.close();
  }

  @Test
  void checksEveryServiceOfTheEnvironment() throws IOException {
    Path devices = devices();
    Path json = directory.resolve("check.json");

    CommandRun run =
        check(
            simulators.environment(),
            "",
            "--yes",
            "--devices",
            devices.toString(),
            "--json",
            json.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .startsWith(
            "Up to 29 requests go to iotx-analytics, mason-usage, alef-connectivity,"
                + " thingspace-m2m, thingspace-hyperprecise; nothing is changed there.",
            "iotx-analytics          ok     variables  IOTX_TOKEN, IOTX_BASE_URL")
        .contains("thingspace-m2m          ok     login      accepted")
        .endsWith("29 requests were sent. All is well. For a bug report: " + json);
    assertThat(questions).isEmpty();
    assertThat(simulators.iotx().requests()).hasSize(9);
    assertThat(simulators.mason().requests()).hasSize(7);
    assertThat(simulators.thingSpace().requests()).hasSize(7);
    assertThat(json)
        .content()
        .contains("\"requests\": 29", "\"provider\": \"thingspace-hyperprecise\"")
        .doesNotContain(
            simulators.mason().iccids().get(0),
            simulators.iotx().subscribers().get(0).physicalId(),
            simulators.alef().subscribers().get(0).msisdn(),
            simulators.thingSpace().accountNumber(),
            simulators.mason().apiKey(),
            "127.0.0.1");
  }

  @Test
  void confirmsBeforeItSendsAnything() {
    CommandRun run = check(mason(), "y");

    assertThat(run.exitCode()).isZero();
    assertThat(questions).containsExactly("Send them? [y/N] ");
    assertThat(simulators.mason().requests()).hasSize(4);
    assertThat(run.out().lines())
        .first()
        .isEqualTo("Up to 5 requests go to mason-usage; nothing is changed there.");
  }

  @Test
  void sendsNothingIfTheUserDeclines() {
    CommandRun run = check(mason(), "");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out().lines()).endsWith("Nothing was sent.");
    assertThat(simulators.mason().requests()).isEmpty();
  }

  @Test
  void requiresAnOptionWithoutATerminal() {
    CommandRun run = run(new CheckCommand(surroundings(mason()), question -> Optional.empty()));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("there is no terminal to ask at: add --yes to send them");
    assertThat(simulators.mason().requests()).isEmpty();
  }

  @Test
  void namesTheVariablesWithoutCredentials() {
    CommandRun run = check(Map.of(), "", "--yes");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith(
            "no credentials in the environment; set those of a provider: iotx-analytics: IOTX_TOKEN;"
                + " mason-usage: MASON_API_KEY; ");
  }

  @Test
  void endsWithOneIfAServiceRefusesTheKey() {
    Map<String, String> environment = new HashMap<>(mason());
    environment.put("MASON_API_KEY", "a-wr0ng-key");

    CommandRun run = check(environment, "", "--yes");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("FAILED call       GET /beta/{fleet}/data/aggregate/usage: UNAUTHENTICATED")
        .doesNotContain("wr0ng");
    assertThat(run.out().lines()).endsWith("2 requests were sent. Fix what is marked FAILED.");
  }

  @Test
  void endsWithOneIfHalfOfTheCredentialsAreThere() {
    CommandRun run = check(Map.of("ALEF_API_KEY", "key"), "", "--yes");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            """
            Up to 0 requests go to alef-connectivity; nothing is changed there.
            alef-connectivity       FAILED variables  incomplete credentials: only ALEF_API_KEY
                                           -> set ALEF_ACCOUNT_ID
            0 requests were sent. Fix what is marked FAILED.
            """);
  }

  @Test
  void refusesAFileThatListsNoDevices() throws IOException {
    Path devices = directory.resolve("devices.csv");
    Files.writeString(devices, "iccid\n89\n");

    CommandRun run = check(mason(), "", "--yes", "--devices", devices.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(" line 1: the column provider is missing");
    assertThat(simulators.mason().requests()).isEmpty();
  }

  @Test
  void isACommandOfSimtally() {
    CommandRun run = CommandRun.of(Map.of(), "check", "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Usage: simtally check", "--devices", "--json", "--yes");
  }

  private Path devices() throws IOException {
    Path devices = directory.resolve("devices.csv");
    String imei = simulators.thingSpace().devices().get(0).idOf("imei");
    Files.write(
        devices,
        List.of(
            "carrier,kind,id,account",
            "iotx-analytics,iccid," + simulators.iotx().subscribers().get(0).physicalId() + ",",
            "mason-usage,iccid," + simulators.mason().iccids().get(0) + ",",
            "alef-connectivity,msisdn," + simulators.alef().subscribers().get(0).msisdn() + ",",
            "thingspace-m2m,imei," + imei + ",",
            "thingspace-hyperprecise,imei,"
                + imei
                + ","
                + simulators.thingSpace().accountNumber()));
    return devices;
  }

  private Map<String, String> mason() {
    Map<String, String> mason = new HashMap<>(simulators.environment());
    mason.keySet().removeIf(name -> !name.startsWith("MASON_"));
    return mason;
  }

  private CommandRun check(Map<String, String> environment, String typed, String... args) {
    return run(
        new CheckCommand(
            surroundings(environment),
            question -> {
              questions.add(question);
              return Optional.of(typed);
            }),
        args);
  }

  private static CommandContext surroundings(Map<String, String> environment) {
    return new CommandContext(environment, Clock.systemUTC(), false);
  }

  private static CommandRun run(CheckCommand command, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        new CommandLine(command)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(args);
    return new CommandRun(exitCode, out.toString(), err.toString());
  }
}
