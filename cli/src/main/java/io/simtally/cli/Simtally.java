package io.simtally.cli;

import io.simtally.cli.usage.CarrierFailure;
import io.simtally.fleet.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
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
      "Reads and reports the data usage of the SIMs and devices of a fleet, over all providers.",
      ""
    },
    footer = {
      "",
      "Days are in UTC; 1 MB is 1,000,000 bytes. Exit code 0; 1: something could not be read or was"
          + " held back, the rest was stored; 2: wrong options or configuration, nothing was done; 130: interrupted.",
      "",
      "Accounts are read from --config FILE, else SIMTALLY_CONFIG, else simtally.toml. Without a file,"
          + " the providers whose credentials are in the environment are read:",
      "  IoT-X Analytics            IOTX_TOKEN",
      "  Mason                      MASON_API_KEY, and perhaps MASON_FLEET",
      "  Alef                       ALEF_API_KEY ALEF_ACCOUNT_ID",
      "  ThingSpace                 THINGSPACE_KEY THINGSPACE_SECRET THINGSPACE_USERNAME"
          + " THINGSPACE_PASSWORD",
      "    or                       THINGSPACE_TOKEN THINGSPACE_M2M_TOKEN",
      "Their servers: IOTX_BASE_URL MASON_BASE_URL ALEF_BASE_URL THINGSPACE_BASE_URL",
      "User and password of a PostgreSQL store: SIMTALLY_STORE_USER SIMTALLY_STORE_PASSWORD",
      "A proxy: HTTPS_PROXY HTTP_PROXY NO_PROXY",
      "Without credentials: simtally demo, or --simulate."
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
   * Runs a command with the environment and the terminal of the process, and exits with its code.
   *
   * @param args the command line
   */
  public static void main(String... args) {
    var environment = System.getenv();
    try {
      ProxyEnvironment.of(environment).apply();
    } catch (IllegalArgumentException e) {
      System.err.println("error: " + e.getMessage());
      System.exit(2);
    }
    System.exit(of(new CommandContext(environment, Clock.systemUTC(), true)).execute(args));
  }

  static CommandLine of(CommandContext surroundings) {
    var line = new CommandLine(new Simtally(CommandSpec.create()));
    line.addSubcommand(new DemoCommand(surroundings));
    line.addSubcommand(new SyncCommand(surroundings));
    line.addSubcommand(new ReportCommand(surroundings));
    line.addSubcommand(new CloseCommand(surroundings));
    line.addSubcommand(new ExportCommand(surroundings));
    line.addSubcommand(new CheckCommand(surroundings, Prompt::atTheTerminal));
    line.addSubcommand(new SimulateCommand(surroundings));
    line.registerConverter(LocalDate.class, Simtally::day);
    line.registerConverter(Instant.class, Simtally::moment);
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

  private static Instant moment(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new TypeConversionException("'" + text + "' is no time such as 2026-02-10T06:00:00Z");
    }
  }

  /** Prints one line. All options of the command would hide it. */
  private static int refuse(ParameterException misuse, String[] args) {
    var line = misuse.getCommandLine();
    var name = line.getCommandSpec().qualifiedName();
    line.getErr()
        .println(
            line.getColorScheme()
                .errorText(
                    "error: "
                        + TextReport.plain(
                            StoreName.redacted(String.valueOf(misuse.getMessage()), args))
                        + " (see "
                        + name
                        + " --help)"));
    line.getErr().flush();
    return line.getCommandSpec().exitCodeOnInvalidInput();
  }

  /** Fails, since a command is missing. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  /** Prints one line for what a user can repair, and a stack trace for an error of the program. */
  private static int explain(Exception failure, CommandLine line, ParseResult parsed) {
    var console = line.getErr();
    if (failure instanceof StoreException
        || failure instanceof ReportWriteException
        || failure instanceof UncheckedIOException
        || failure instanceof ArithmeticException
        || failure instanceof IllegalArgumentException
        || failure instanceof IllegalStateException) {
      console.println(
          line.getColorScheme()
              .errorText(
                  "error: "
                      + TextReport.plain(
                          StoreName.redacted(
                              reason(failure), parsed.originalArgs().toArray(String[]::new)))));
    } else {
      failure.printStackTrace(console);
    }
    console.flush();
    return line.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static String reason(Exception failure) {
    if (failure instanceof ArithmeticException) {
      return "the bytes of the period add up to more than "
          + Long.MAX_VALUE
          + "; choose a shorter period";
    }
    return failure.getCause() instanceof IOException io && failure instanceof UncheckedIOException
        ? io.getClass().getSimpleName() + " " + CarrierFailure.reason(io)
        : CarrierFailure.reason(failure);
  }
}
