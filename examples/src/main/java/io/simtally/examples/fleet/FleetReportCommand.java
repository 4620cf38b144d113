package io.simtally.examples.fleet;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the fleet report. */
@Command(
    name = "fleet-report",
    description = {
      "Reads the usage of a fleet from every carrier whose credentials are in the environment,"
          + " prints it, and writes fleet-report.csv and fleet-report.html."
          + " Without credentials it reads a simulated fleet.",
      ""
    },
    footer = {
      "",
      "Days are in UTC; 1 MB is 1,000,000 bytes.",
      "Exit code 0: all carriers reported; 1: a carrier or a device could not be read, or a file not"
          + " written; 2: wrong options."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.OfThisProgram.class,
    usageHelpWidth = 100)
public final class FleetReportCommand implements Callable<Integer> {

  private static final int DEFAULT_DAYS = 30;

  private final List<Carrier> carriers;
  private final Map<String, String> environment;
  private final Clock clock;
  private final Function<String, Progress> progress;
  private final CommandLine commandLine;

  @Option(
      names = "--from",
      paramLabel = "DAY",
      description = "First day, such as 2026-01-01 (default: 30 days up to --to)")
  private @Nullable LocalDate from;

  @Option(
      names = "--to",
      paramLabel = "DAY",
      description = "Last day, included (default: yesterday, the last whole day)")
  private @Nullable LocalDate to;

  @Option(
      names = "--devices",
      paramLabel = "FILE",
      description =
          "CSV file with the columns carrier,kind,id and, for ThingSpace Hyper-Precise, account: the"
              + " devices of the carriers that answer for one device at a time")
  private @Nullable Path devices;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the two files go (default: the current directory)")
  private Path out = Path.of("");

  @Option(
      names = "--simulated-devices",
      paramLabel = "N",
      description = "Size of the simulated fleet (default: ${DEFAULT-VALUE})")
  private int simulatedDevices = 500;

  @Option(names = "--verbose", description = "Print the stack traces of failures")
  private boolean verbose;

  private FleetReportCommand(
      List<Carrier> carriers,
      Map<String, String> environment,
      Clock clock,
      Function<String, Progress> progress) {
    this.carriers = carriers;
    this.environment = environment;
    this.clock = clock;
    this.progress = progress;
    this.commandLine = new CommandLine(this).setExecutionExceptionHandler(this::explain);
  }

  /** Runs the report with this machine's environment and terminal, and returns the exit code. */
  public static int run(String... args) {
    Map<String, String> environment = System.getenv();
    return of(
            Carriers.all(environment, Clock.systemUTC()),
            environment,
            Clock.systemUTC(),
            TerminalProgress.ifTerminal())
        .execute(args);
  }

  static CommandLine of(
      List<Carrier> carriers,
      Map<String, String> environment,
      Clock clock,
      Function<String, Progress> progress) {
    return new FleetReportCommand(carriers, environment, clock, progress).commandLine;
  }

  @Override
  public Integer call() {
    Period period = period();
    DeviceList listed = listedDevices();
    if (simulatedDevices < 1) {
      throw misuse("--simulated-devices must be at least 1");
    }
    boolean simulated = carriers.stream().noneMatch(this::hasCredentials);
    if (simulated) {
      announceSimulation();
    }
    FleetUsage fleet =
        simulated
            ? read(period, true, carriers, carrier -> carrier.simulate(simulatedDevices, period))
            : read(
                period,
                false,
                carriers.stream()
                    .filter(carrier -> carrier.isWanted(hasCredentials(carrier), listed))
                    .toList(),
                carrier -> carrier.open(listed.of(carrier.provider())));
    tell(fleet);
    return fleet.isComplete() ? 0 : 1;
  }

  private Period period() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    LocalDate last = to != null ? to : today.minusDays(1);
    LocalDate first = from != null ? from : last.minusDays(DEFAULT_DAYS - 1);
    if (last.isAfter(today)) {
      throw misuse("the period ends (" + last + ") after today (" + today + " in UTC)");
    }
    try {
      return new Period(first, last);
    } catch (IllegalArgumentException e) {
      throw misuse(e.getMessage());
    }
  }

  private DeviceList listedDevices() {
    if (devices == null) {
      return DeviceList.EMPTY;
    }
    try {
      DeviceList listed =
          DeviceList.read(devices, carriers.stream().map(Carrier::provider).toList());
      carriers.forEach(carrier -> listed.of(carrier.provider()).forEach(carrier::check));
      return listed;
    } catch (IOException e) {
      throw misuse("cannot read " + devices + " (" + e.getClass().getSimpleName() + ")");
    } catch (IllegalArgumentException e) {
      throw misuse(devices + ", " + e.getMessage());
    }
  }

  private boolean hasCredentials(Carrier carrier) {
    return carrier.credentials().stream()
        .flatMap(List::stream)
        .anyMatch(variable -> !environment.getOrDefault(variable, "").isBlank());
  }

  private void announceSimulation() {
    PrintWriter console = commandLine.getOut();
    console.println("No credentials in the environment: this is a SIMULATED fleet.");
    console.println("For your own fleet set the variables of its carriers:");
    carriers.forEach(carrier -> announceVariables(carrier, console));
    if (devices != null) {
      console.println("The file " + devices + " is not used for a simulated fleet.");
    }
    console.println();
    console.flush();
  }

  private static void announceVariables(Carrier carrier, PrintWriter console) {
    String start = "  " + carrier.name() + ": ";
    for (List<String> alternative : carrier.credentials()) {
      console.println(start + String.join(" ", alternative));
      start = "    or ";
    }
    if (carrier.neededDevices() != null) {
      console.println("    and a --devices file with " + carrier.neededDevices());
    }
  }

  private FleetUsage read(
      Period period,
      boolean simulated,
      List<Carrier> wanted,
      Function<Carrier, UsageSource> opening) {
    try (CsvReport csv = CsvReport.at(directory().resolve("fleet-report.csv"))) {
      FleetReader reader = new FleetReader(period, csv, progress);
      wanted.forEach(carrier -> reader.read(carrier, opening));
      FleetUsage fleet =
          new FleetUsage(period, clock.instant(), simulated, reader.read(), reader.failed());
      if (!fleet.isNothingRead()) {
        HtmlReport.write(fleet, directory().resolve("fleet-report.html"));
        csv.publish(fleet);
      }
      return fleet;
    }
  }

  private Path directory() {
    try {
      return Files.createDirectories(out.toAbsolutePath().normalize());
    } catch (IOException e) {
      throw new ReportNotWritten(out, e);
    }
  }

  private void tell(FleetUsage fleet) {
    new TextReport(commandLine.getOut()).print(fleet);
    commandLine.getOut().println();
    commandLine.getOut().println(written(fleet));
    commandLine.getOut().flush();
    fleet
        .failures()
        .forEach(
            failure ->
                complain(failure.carrier() + " failed: " + failure.reason(), failure.cause()));
    fleet.carriers().stream()
        .filter(carrier -> !carrier.coverage().isComplete())
        .forEach(carrier -> complain(carrier.carrier() + ": " + carrier.refusals(), null));
  }

  private String written(FleetUsage fleet) {
    return fleet.isNothingRead()
        ? "Nothing could be read, so nothing was written: files of an earlier run in "
            + directory()
            + " are as they were."
        : "Written: fleet-report.csv, fleet-report.html in " + directory();
  }

  private int explain(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
    complain(CarrierFailure.reason(failure), failure);
    return line.getCommandSpec().exitCodeOnExecutionException();
  }

  private void complain(String message, @Nullable Exception cause) {
    PrintWriter console = commandLine.getErr();
    console.println(commandLine.getColorScheme().errorText("error: " + TextReport.plain(message)));
    if (verbose && cause != null) {
      cause.printStackTrace(console);
    }
    console.flush();
  }

  private CommandLine.ParameterException misuse(@Nullable String message) {
    return new CommandLine.ParameterException(commandLine, String.valueOf(message));
  }
}
