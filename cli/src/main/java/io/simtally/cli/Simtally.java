package io.simtally.cli;

import io.simtally.cli.usage.CarrierFailure;
import io.simtally.fleet.store.StoreException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code simtally} and its commands. */
@Command(
    name = "simtally",
    description = {
      "Tells how much data the SIMs and devices of a fleet used, over all carriers.",
      ""
    },
    footer = {
      "",
      "Days are in UTC; 1 MB is 1,000,000 bytes. Exit code 0; 1: a carrier or a device could not be"
          + " read, the others were; 2: wrong options, or nothing could be done.",
      "",
      "A carrier is read whose variables are in the environment:",
      "  IoT-X Analytics            IOTX_TOKEN",
      "  Mason                      MASON_API_KEY, and perhaps MASON_FLEET",
      "  Alef                       ALEF_API_KEY ALEF_ACCOUNT_ID",
      "  ThingSpace                 THINGSPACE_KEY THINGSPACE_SECRET THINGSPACE_USERNAME"
          + " THINGSPACE_PASSWORD",
      "    or                       THINGSPACE_TOKEN THINGSPACE_M2M_TOKEN",
      "Their servers: IOTX_BASE_URL MASON_BASE_URL ALEF_BASE_URL THINGSPACE_BASE_URL",
      "User and password of a PostgreSQL store: SIMTALLY_STORE_USER SIMTALLY_STORE_PASSWORD",
      "Without any credentials a simulated fleet is read."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.OfThisProgram.class,
    usageHelpWidth = 100,
    synopsisSubcommandLabel = "COMMAND")
public final class Simtally implements Runnable {
  @Spec private CommandSpec spec;

  private Simtally(CommandSpec spec) {
    this.spec = spec;
  }

  /**
   * Runs a command with this machine's environment and terminal; ends with its exit code.
   *
   * @param args what the user has typed
   */
  public static void main(String... args) {
    System.exit(of(new CommandContext(System.getenv(), Clock.systemUTC(), true)).execute(args));
  }

  static CommandLine of(CommandContext surroundings) {
    var line = new CommandLine(new Simtally(CommandSpec.create()));
    line.addSubcommand(new SyncCommand(surroundings));
    line.addSubcommand(new ReportCommand(surroundings));
    line.addSubcommand(new ExportCommand(surroundings));
    line.addSubcommand(new CheckCommand(surroundings, Prompt::atTheTerminal));
    line.addSubcommand(new SimulateCommand(surroundings));
    line.registerConverter(LocalDate.class, Simtally::day);
    line.setParameterExceptionHandler(Simtally::refuse);
    line.setExecutionExceptionHandler(Simtally::explain);
    return line;
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException("'" + text + "' is no day such as 2026-01-31");
    }
  }

  /** One line, which the options of a whole command would hide. */
  private static int refuse(ParameterException misuse, String[] args) {
    var line = misuse.getCommandLine();
    var name = line.getCommandSpec().qualifiedName();
    line.getErr()
        .println(
            line.getColorScheme()
                .errorText(
                    "error: "
                        + TextReport.plain(String.valueOf(misuse.getMessage()))
                        + " (see "
                        + name
                        + " --help)"));
    line.getErr().flush();
    return line.getCommandSpec().exitCodeOnInvalidInput();
  }

  /** Tells how it is used. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  /** One plain line for what a user can mend; a stack trace for what only we can. */
  private static int explain(Exception failure, CommandLine line, ParseResult parsed) {
    var console = line.getErr();
    if (failure instanceof StoreException
        || failure instanceof ReportWriteException
        || failure instanceof IllegalArgumentException
        || failure instanceof IllegalStateException) {
      console.println(
          line.getColorScheme().errorText("error: " + TextReport.plain(reason(failure))));
    } else {
      failure.printStackTrace(console);
    }
    console.flush();
    return line.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static String reason(Exception failure) {
    return CarrierFailure.reason(failure);
  }
}
