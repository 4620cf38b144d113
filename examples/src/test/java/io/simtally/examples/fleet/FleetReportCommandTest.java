package io.simtally.examples.fleet;

import static io.simtally.examples.fleet.FakeCarrier.failing;
import static io.simtally.examples.fleet.FakeCarrier.reporting;
import static io.simtally.examples.fleet.FakeCarrier.usage;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class FleetReportCommandTest {

  private static final Map<String, String> CREDENTIALS = Map.of("FAKE_TOKEN", "s3cret");
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-31T10:00:00Z"), ZoneOffset.UTC);

  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsATableForEachCarrierAndOneForAll() throws IOException {
    int exitCode =
        run(
            List.of(
                reporting(
                    "North",
                    usage("n-1", "2026-03-01T00:00:00Z", 1_500_000),
                    usage("n-2", "2026-03-30T00:00:00Z", 500_000)),
                reporting("South", usage("s-1", "2026-03-15T00:00:00Z", 3_000_000_000L))),
            CREDENTIALS);

    assertThat(exitCode).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            """
            Fleet usage from 2026-03-01 to 2026-03-30, 30 days in UTC

                                                   Devices        Records          Total
              North                                      2              2         2.0 MB
              South                                      1              1         3.0 GB
              All carriers                               3              3         3.0 GB

            North
            -----
              Devices                 2
              Records                 2
              Total              2.0 MB  (2,000,000 bytes)

              Top devices                                          Total     Share
                1  n-1                                            1.5 MB    75.0 %
                2  n-2                                          500.0 kB    25.0 %

            South
            -----
              Devices                 1
              Records                 1
              Total              3.0 GB  (3,000,000,000 bytes)

              Top devices                                          Total     Share
                1  s-1                                            3.0 GB   100.0 %

            Written: fleet-report.csv, fleet-report.html in DIRECTORY
            """
                .replace("DIRECTORY", directory.toString()));
    assertThat(Files.readAllLines(directory.resolve("fleet-report.csv"))).hasSize(4);
    assertThat(directory.resolve("fleet-report.html")).isNotEmptyFile();
  }

  @Test
  void reportsTheOthersWhenOneCarrierFails() throws IOException {
    int exitCode =
        run(
            List.of(
                failing(
                    "North",
                    new IllegalStateException("the service is down"),
                    usage("n-1", "2026-03-15T00:00:00Z", 9_000)),
                reporting("South", usage("s-1", "2026-03-15T00:00:00Z", 7_000))),
            CREDENTIALS);

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines("error: North failed: the service is down\n");
    assertThat(out.toString())
        .contains("South\n-----")
        .contains("7.0 kB")
        .contains("Not in this report, since reading failed: North")
        .doesNotContain("9.0 kB");
    assertThat(Files.readString(directory.resolve("fleet-report.csv")))
        .contains("s-1")
        .doesNotContain("n-1");
    assertThat(Files.readString(directory.resolve("fleet-report.html")))
        .contains("North failed")
        .contains("the service is down");
  }

  @Test
  void reportsTheOthersWhenACarrierCannotBeCounted() {
    int exitCode =
        run(
            List.of(
                reporting(
                    "North",
                    usage("n-1", "2026-03-15T00:00:00Z", Long.MAX_VALUE),
                    usage("n-2", "2026-03-15T00:00:00Z", 1)),
                reporting("South", usage("s-1", "2026-03-15T00:00:00Z", Long.MAX_VALUE)),
                reporting("West", usage("w-1", "2026-03-15T00:00:00Z", Long.MAX_VALUE))),
            CREDENTIALS);

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString()).contains("North failed: the bytes add up to more than");
    assertThat(out.toString()).contains("18.4 EB");
  }

  @Test
  void keepsTheStackTraceForVerbose() {
    Carrier broken = failing("North", new IllegalStateException("the service is down"));

    run(List.of(broken), CREDENTIALS);
    assertThat(err.toString()).doesNotContain("\tat ");

    run(List.of(broken), CREDENTIALS, "--verbose");
    assertThat(err.toString()).contains("IllegalStateException").contains("\tat ");
  }

  @Test
  void failsWhenADeviceIsRefused() {
    Carrier picky =
        new FakeCarrier(
            "North",
            "FAKE_TOKEN",
            (devices, sink) -> {
              sink.expect(2);
              sink.record(usage("n-1", "2026-03-15T00:00:00Z", 1));
              sink.deviceDone();
              sink.refused(
                  new Device("imei", "n-2"), new IllegalArgumentException("no such device"));
            });

    assertThat(run(List.of(picky), CREDENTIALS)).isEqualTo(1);
    assertThat(err.toString()).contains("error: North: 1 of 2 devices could not be read");
    assertThat(out.toString())
        .contains("INCOMPLETE: 1 of 2 devices could not be read; the figures lack them.")
        .contains("imei n-2: no such device");
  }

  @Test
  void readsASimulatedFleetWithoutCredentialsAndSaysSo() throws IOException {
    int exitCode =
        run(List.of(reporting("North")), Map.of("FAKE_TOKEN", " "), "--simulated-devices", "12");

    assertThat(exitCode).isZero();
    assertThat(out.toString())
        .contains("No credentials in the environment: this is a SIMULATED fleet.")
        .contains("North: FAKE_TOKEN")
        .contains("2.5 MB")
        .contains("11 of 12 devices have no record in this period.");
    assertThat(Files.readString(directory.resolve("fleet-report.html")))
        .contains("Simulated fleet");
  }

  @Test
  void saysWhichCarriersNeedTheirDevicesListed() {
    Map<String, String> nothing = Map.of();

    run(
        Carriers.all(nothing, CLOCK),
        nothing,
        "--simulated-devices",
        "1",
        "--from",
        "2026-03-01",
        "--to",
        "2026-03-01");

    assertThat(out.toString().lines())
        .containsSubsequence(
            "  IoT-X Analytics: IOTX_TOKEN",
            "  ThingSpace M2M: THINGSPACE_KEY THINGSPACE_SECRET THINGSPACE_USERNAME"
                + " THINGSPACE_PASSWORD",
            "    or THINGSPACE_TOKEN THINGSPACE_M2M_TOKEN",
            "    and a --devices file with its devices",
            "  ThingSpace Hyper-Precise: THINGSPACE_KEY THINGSPACE_SECRET THINGSPACE_USERNAME"
                + " THINGSPACE_PASSWORD",
            "    or THINGSPACE_TOKEN THINGSPACE_M2M_TOKEN",
            "    and a --devices file with its devices, each with its account");
  }

  @Test
  void readsOnlyTheCarriersThatAreOn() {
    Carrier off =
        new FakeCarrier(
            "Off",
            "OTHER_TOKEN",
            (devices, sink) -> {
              throw new AssertionError("not on");
            });

    assertThat(run(List.of(reporting("North"), off), CREDENTIALS)).isZero();
    assertThat(out.toString()).contains("North").doesNotContain("Off").doesNotContain("SIMULATED");
  }

  @Test
  void handsTheListedDevicesToTheirCarrier() throws IOException {
    Path file =
        Files.writeString(directory.resolve("devices.csv"), "carrier,kind,id\nfake,imei,1\n");
    List<Device> asked = new ArrayList<>();
    Carrier carrier =
        new FakeCarrier("North", "FAKE_TOKEN", (devices, sink) -> asked.addAll(devices));

    assertThat(run(List.of(carrier), CREDENTIALS, "--devices", file.toString())).isZero();
    assertThat(asked).containsExactly(new Device("imei", "1"));
  }

  @Test
  void neverPrintsACredential() throws IOException {
    run(
        List.of(reporting("North"), failing("South", new IllegalStateException("down"))),
        CREDENTIALS,
        "--verbose");

    assertThat(out.toString() + err).doesNotContain("s3cret");
    assertThat(Files.readString(directory.resolve("fleet-report.html"))).doesNotContain("s3cret");
  }

  @Test
  void keepsControlCharactersFromTheTerminal() {
    run(
        List.of(
            reporting("North", usage("\u001b[31mred", "2026-03-15T00:00:00Z", 1)),
            failing("South", new IllegalStateException("down\u001b[2J"))),
        CREDENTIALS);

    assertThat(out.toString() + err).doesNotContain("\u001b").contains(".[31mred");
  }

  @Test
  void staysWithinAHundredColumns() {
    Carrier wide =
        new FakeCarrier(
            "North",
            "FAKE_TOKEN",
            (devices, sink) -> {
              sink.expect(2);
              for (int day = 11; day < 16; day++) {
                sink.record(usage("x".repeat(200), "2026-03-" + day + "T00:00:00Z", 0));
              }
              sink.record(usage("x".repeat(200), "2026-03-16T00:00:00Z", Long.MAX_VALUE));
              sink.refused(
                  new Device("imei", "1"), new IllegalArgumentException("word ".repeat(100)));
            });

    run(List.of(wide), CREDENTIALS);

    assertThat(out.toString().replaceFirst("Written.*", "").lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--from 2026-13-01|Invalid value for option '--from'",
        "--from 2026-03-02 --to 2026-03-01|before it starts",
        "--from 2020-01-01|longer than 366 days",
        "--simulated-devices 0|--simulated-devices must be at least 1",
        "--simulated-devices many|Invalid value for option '--simulated-devices'",
        "--devices /missing.csv|cannot read /missing.csv",
        "--nonsense|Unknown option: '--nonsense'"
      })
  void refusesWrongOptions(String options, String message) {
    assertThat(run(List.of(reporting("North")), CREDENTIALS, options.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString()).contains(message).contains("Usage: fleet-report");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void covers30DaysUpToTheGivenLastDay() {
    run(List.of(reporting("North")), CREDENTIALS, "--to", "2025-12-30");

    assertThat(out.toString())
        .contains("Fleet usage from 2025-12-01 to 2025-12-30, 30 days in UTC");
  }

  @Test
  void saysWhenTheFilesCannotBeWritten() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");

    assertThat(run(List.of(reporting("North")), CREDENTIALS, "--out", file.resolve("x").toString()))
        .isEqualTo(1);
    assertThat(err.toString()).startsWith("error: cannot write " + file.resolve("x"));
  }

  @Test
  void makesTheDirectoryForTheFiles() {
    Path made = directory.resolve("a").resolve("b");

    assertThat(run(List.of(reporting("North")), CREDENTIALS, "--out", made.toString())).isZero();
    assertThat(made.resolve("fleet-report.csv")).exists();
  }

  @Test
  void explainsItself() {
    assertThat(run(List.of(), CREDENTIALS, "--help")).isZero();
    assertThat(out.toString()).contains("Last day, included").contains("Exit code 0");

    assertThat(run(List.of(), CREDENTIALS, "--version")).isZero();
    assertThat(out.toString()).containsPattern("Simtally \\d+\\.\\d+");
  }

  private int run(List<Carrier> carriers, Map<String, String> environment, String... options) {
    List<String> arguments = new ArrayList<>(List.of("--out", directory.toString()));
    if (List.of(options).contains("--out")) {
      arguments.clear();
    }
    arguments.addAll(List.of(options));
    CommandLine command =
        FleetReportCommand.of(carriers, environment, CLOCK, name -> Progress.NONE);
    return command
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments.toArray(String[]::new));
  }
}
