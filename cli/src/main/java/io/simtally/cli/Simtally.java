package io.simtally.cli;

import io.simtally.cli.terminal.CompletionCommand;
import io.simtally.cli.terminal.DataCommand;
import io.simtally.cli.terminal.QuietOutput;
import io.simtally.cli.terminal.TerminalWidth;
import io.simtally.cli.usage.CarrierFailure;
import io.simtally.fleet.message.Suggestion;
import io.simtally.fleet.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code simtally} and its commands. */
@Command(
    name = "simtally",
    description = {
      "Reads and reports the data usage of the SIMs and devices of a fleet, over all providers.",
      ""
    },
    footer = {
      "",
      "Days are in UTC; 1 MB is 1,000,000 bytes. Figures and events go to standard output, all else to"
          + " standard error.",
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
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Everything was read.",
      "1:Something could not be read or was held back; the rest was stored.",
      "2:Wrong options or configuration; nothing was done.",
      "3:alerts has printed new events.",
      "130:Interrupted."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.OfThisProgram.class,
    usageHelpWidth = Simtally.WIDTH,
    synopsisSubcommandLabel = "COMMAND")
public final class Simtally implements Runnable {
  /** The width of the help, unless the terminal is narrower. */
  static final int WIDTH = 100;

  /** The narrowest help that the parser supports. */
  private static final int LEAST_WIDTH = 55;

  @Spec private CommandSpec spec;

  @Option(
      names = "--quiet",
      scope = ScopeType.INHERIT,
      description = "Prints errors only, and the data of a command that writes data")
  private boolean isQuiet;

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
    var mayShowProgress =
        !"dumb".equals(environment.get("TERM")) && !Arrays.asList(args).contains("--quiet");
    var context = new CommandContext(environment, Clock.systemUTC(), mayShowProgress);
    System.exit(of(context).execute(args));
  }

  static CommandLine of(CommandContext context) {
    var command = new Simtally(CommandSpec.create());
    var line = new CommandLine(command);
    line.addSubcommand(new DemoCommand(context));
    line.addSubcommand(new SyncCommand(context));
    line.addSubcommand(new ReportCommand(context));
    line.addSubcommand(new AuditCommand(context));
    line.addSubcommand(new AlertsCommand(context));
    line.addSubcommand(new CloseCommand(context));
    line.addSubcommand(new ExportCommand(context));
    line.addSubcommand(new CheckCommand(context, Prompt::atTheTerminal));
    line.addSubcommand(new SimulateCommand(context));
    line.addSubcommand(new CompletionCommand());
    line.registerConverter(LocalDate.class, Simtally::day);
    line.registerConverter(Instant.class, Simtally::moment);
    line.setParameterExceptionHandler(Simtally::refuse);
    line.setExecutionExceptionHandler(Simtally::explain);
    line.setExecutionStrategy(command::execute);
    line.setHelpFactory(
        (spec, colours) -> {
          spec.usageMessage().width(width(context));
          return new Help(spec, colours);
        });
    return line;
  }

  /** Executes a command, with its errors only if the user asks for that. */
  private int execute(ParseResult parsed) {
    if (isQuiet) {
      // The first command creates its writers when they are first needed, and then replaces those
      // of
      // its subcommands.
      var lines = parsed.asCommandLineList();
      lines.get(0).getOut();
      lines.get(0).getErr();
      var line = lines.get(lines.size() - 1);
      line.setErr(QuietOutput.errorsOf(line.getErr()));
      if (!(line.getCommand() instanceof DataCommand)) {
        line.setOut(QuietOutput.nothing());
      }
    }
    return new RunLast().execute(parsed);
  }

  /** Returns the width of the terminal, within the bounds of help and reports. */
  @SuppressWarnings("SystemConsoleNull") // jdk.console=java.base keeps null for "no terminal"
  static int width(CommandContext context) {
    var given = context.environment().getOrDefault("COLUMNS", "");
    System.setProperty("jdk.console", "java.base");
    var width =
        given.matches("[1-9][0-9]{0,3}")
            ? Integer.parseInt(given)
            : System.console() == null ? WIDTH : new TerminalWidth().getAsInt();
    return Math.max(LEAST_WIDTH, Math.min(width, WIDTH));
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
                            StoreName.redacted(misuse.getMessage() + suggestion(misuse), args))
                        + " (see "
                        + name
                        + " --help)"));
    line.getErr().flush();
    return line.getCommandSpec().exitCodeOnInvalidInput();
  }

  /** Returns the option or command that an unknown one is close to, as the end of a message. */
  private static String suggestion(ParameterException misuse) {
    if (!(misuse instanceof UnmatchedArgumentException unknown)) {
      return "";
    }
    var word = unknown.getUnmatched().get(0).replaceFirst("=.*", "");
    var known =
        word.startsWith("-")
            ? misuse.getCommandLine().getCommandSpec().optionsMap().keySet()
            : misuse.getCommandLine().getSubcommands().keySet();
    return Suggestion.nearest(word, known).map(Suggestion::question).orElse("");
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
      console.print("error: ");
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
