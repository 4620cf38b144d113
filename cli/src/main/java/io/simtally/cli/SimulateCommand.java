package io.simtally.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.simtally.cli.terminal.DataCommand;
import io.simtally.core.DayRange;
import io.simtally.simulator.carriers.Simulators;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.BindException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simtally simulate}: simulators of the five providers on one port. */
@Command(
    name = "simulate",
    description = {
      "Runs simulators of the five providers on one port of this machine until it is ended. Prints"
          + " the environment variables that lead to them.",
      ""
    },
    mixinStandardHelpOptions = true,
    usageHelpWidth = 100)
final class SimulateCommand implements Callable<Integer>, DataCommand {
  private final CommandContext context;

  @Spec private CommandSpec spec;

  @Option(
      names = "--devices",
      paramLabel = "N",
      description = "Devices of each provider (default: ${DEFAULT-VALUE})")
  private int devices = 500;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed gives the same fleet (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(names = "--port", paramLabel = "N", description = "The port (default: a free one)")
  private int port;

  @Option(
      names = "--devices-file",
      paramLabel = "FILE",
      description =
          "Where to write the devices file for sync and report (default: ${DEFAULT-VALUE})")
  private Path devicesFile = Path.of("simulated-devices.csv");

  @Mixin private PeriodOptions period;

  @SuppressWarnings("NullAway.Init") // picocli sets the other fields.
  SimulateCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (devices < 1) {
      throw new IllegalArgumentException("--devices must be at least 1");
    }
    var days = period.period(context.clock());
    var console = spec.commandLine().getOut();
    try (var simulators = started(days)) {
      writeDevices(simulators);
      simulators
          .environment()
          .forEach((name, value) -> console.println("export " + name + "='" + value + "'"));
      console.println(
          "# "
              + devices
              + " devices of each provider with usage on "
              + days
              + "; devices file: --devices "
              + devicesFile
              + "; runs until it is ended");
      console.flush();
      ended().await();
      return 0;
    }
  }

  private Simulators started(DayRange days) {
    try {
      return SimulatedFleet.simulators(devices, days, seed).start(port);
    } catch (RuntimeException e) {
      if (isPortTaken(e)) {
        throw new IllegalArgumentException(
            "--port: port " + port + " is in use or not permitted; choose another, or none", e);
      }
      throw e;
    }
  }

  private static boolean isPortTaken(Throwable failure) {
    return Stream.iterate(failure, each -> each != null, Throwable::getCause)
        .anyMatch(BindException.class::isInstance);
  }

  private void writeDevices(Simulators simulators) {
    var listed = SimulatedFleet.devices(simulators);
    try (var file = AtomicFile.at(devicesFile)) {
      var rows = new BufferedWriter(Channels.newWriter(file.channel(), UTF_8));
      rows.write("provider,kind,id,account_number\n");
      for (var carrier : context.carriers()) {
        for (var device : listed.of(carrier.provider())) {
          rows.write(carrier.provider() + "," + device.kind() + "," + device.id() + ",");
          rows.write(text(device.account()) + "\n");
        }
      }
      rows.flush();
      file.publish();
    } catch (IOException e) {
      throw new ReportWriteException(devicesFile, e);
    }
  }

  private static String text(@Nullable String account) {
    return account == null ? "" : account;
  }

  /** Returns a latch that opens when the process ends. */
  private static CountDownLatch ended() {
    var ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(ended::countDown));
    return ended;
  }
}
