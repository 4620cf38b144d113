package io.simtally.cli;

import io.simtally.simulator.carriers.Simulators;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simtally simulate}: the five simulators on one port, until they are ended. */
@Command(
    name = "simulate",
    description = {
      "Runs simulators of the five providers on one port of this machine until they are ended, and"
          + " prints the environment that leads to them.",
      ""
    },
    mixinStandardHelpOptions = true,
    usageHelpWidth = 100)
final class SimulateCommand implements Callable<Integer> {
  private static final List<String> LISTED =
      List.of("alef-connectivity", "thingspace-m2m", "thingspace-hyperprecise");

  private final CommandContext surroundings;

  @Spec private CommandSpec spec;

  @Option(
      names = "--devices",
      paramLabel = "N",
      description = "Devices of each carrier (default: ${DEFAULT-VALUE})")
  private int devices = 500;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "With the same seed the fleet is the same (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(names = "--port", paramLabel = "N", description = "The port (default: one that is free)")
  private int port;

  @Option(
      names = "--devices-file",
      paramLabel = "FILE",
      description =
          "Where the list of devices goes that sync and report ask for"
              + " (default: ${DEFAULT-VALUE})")
  private Path devicesFile = Path.of("simulated-devices.csv");

  @Mixin private PeriodOptions period;

  @SuppressWarnings("NullAway.Init") // picocli fills in the rest.
  SimulateCommand(CommandContext surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (devices < 1) {
      throw new IllegalArgumentException("--devices must be at least 1");
    }
    var days = period.period(surroundings.clock());
    var console = spec.commandLine().getOut();
    try (var simulators = SimulatedFleet.simulators(devices, days, seed).start(port)) {
      writeDevices(simulators);
      simulators
          .environment()
          .forEach((name, value) -> console.println("export " + name + "='" + value + "'"));
      console.println(
          "# "
              + devices
              + " devices of each carrier with usage on "
              + days
              + "; those to list: --devices "
              + devicesFile
              + "; runs until it is ended");
      console.flush();
      ended().await();
      return 0;
    }
  }

  private void writeDevices(Simulators simulators) {
    var listed = SimulatedFleet.devices(simulators);
    try (BufferedWriter file = Files.newBufferedWriter(devicesFile)) {
      file.write("carrier,kind,id,account\n");
      for (var provider : LISTED) {
        for (var device : listed.of(provider)) {
          file.write(
              provider + "," + device.kind() + "," + device.id() + "," + text(device.account()));
          file.write('\n');
        }
      }
    } catch (IOException e) {
      throw new ReportWriteException(devicesFile, e);
    }
  }

  private static String text(@Nullable String account) {
    return account == null ? "" : account;
  }

  /** Open until the process is told to end. */
  private static CountDownLatch ended() {
    var ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(ended::countDown));
    return ended;
  }
}
