package io.simtally.cli;

import io.simtally.cli.usage.AsOfReader;
import io.simtally.cli.usage.CarrierUsage;
import io.simtally.cli.usage.ClosedBooks;
import io.simtally.cli.usage.FleetUsage;
import io.simtally.cli.usage.StoredUsage;
import io.simtally.core.DayRange;
import io.simtally.fleet.account.Account;
import io.simtally.fleet.account.BillingCycle;
import io.simtally.fleet.store.Origin;
import io.simtally.fleet.store.UsageReader;
import io.simtally.fleet.store.UsageStore;
import io.simtally.fleet.sync.Sync;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code simtally report}: prints a table, writes CSV files and an HTML page. */
@Command(
    name = "report",
    description = {
      "Prints the usage of a fleet, and writes fleet-report.csv, fleet-devices.csv and"
          + " fleet-report.html: from a store, or without one straight from every provider whose"
          + " credentials are in the environment.",
      ""
    },
    mixinStandardHelpOptions = true,
    usageHelpWidth = 100)
final class ReportCommand implements Callable<Integer> {
  private final CommandContext context;

  @Spec private CommandSpec spec;

  @Mixin private StoreOptions store;

  @Option(
      names = "--as-of",
      paramLabel = "TIME",
      description =
          "Figures as of an earlier time, such as 2026-02-10T06:00:00Z, computed from the ledger of"
              + " the store: one record for each day of a device, without failures")
  private @Nullable Instant asOf;

  @Mixin private PeriodOptions period;
  @Mixin private FleetOptions fleet;

  @Option(
      names = "--cycle",
      paramLabel = "MONTH",
      description =
          "The billing cycle that begins in this month, such as 2026-01, up to yesterday; instead"
              + " of --from, --to and --days")
  private @Nullable YearMonth cycle;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the files go (default: the current directory)")
  private Path out = Path.of("");

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description =
          "Also writes the figures as JSON; - writes them to standard output, and the table to"
              + " standard error")
  private @Nullable Path json;

  @SuppressWarnings("NullAway.Init") // picocli fills in the rest.
  ReportCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    var days = cycle == null ? period.period(context.clock()) : cycle(cycle);
    var from = fleet.isSimulated() ? store.given() : store.nameOrNull(fleet.accounts(), context);
    if (from == null && asOf != null) {
      throw new ParameterException(spec.commandLine(), "--as-of needs a store");
    }
    return from == null ? fromCarriers(days) : fromStore(from, days);
  }

  /** The days of a cycle up to yesterday, which all accounts must have in common. */
  private DayRange cycle(YearMonth month) {
    if (period.isGiven()) {
      throw misuse("--cycle excludes --from, --to and --days");
    }
    var cycles = new TreeMap<DayRange, String>(Comparator.comparing(DayRange::from));
    for (var account : accounts()) {
      cycles.merge(account.cycle().of(month), account.name(), (one, other) -> one + ", " + other);
    }
    if (cycles.size() > 1) {
      var differing = new StringJoiner("; ");
      cycles.forEach((days, names) -> differing.add(names + ": from " + days));
      throw misuse(
          "--cycle: the accounts have different billing cycles (" + differing + "); add --account");
    }
    var days = cycles.isEmpty() ? BillingCycle.MONTHS.of(month) : cycles.firstKey();
    var yesterday = DayRange.dayOf(context.clock().instant()).minusDays(1);
    if (days.from().isAfter(yesterday)) {
      throw misuse("--cycle: the cycle from " + days + " has no whole day yet");
    }
    return new DayRange(days.from(), days.to().isBefore(yesterday) ? days.to() : yesterday);
  }

  /** The selected accounts of the configuration file, none without a file. */
  private List<Account> accounts() {
    return fleet.accounts().isConfigured(context)
        ? fleet.accounts().selected(context).accounts()
        : List.of();
  }

  private StoredUsage.Billing billing(String account) {
    return accounts().stream()
        .filter(each -> each.name().equals(account))
        .findFirst()
        .map(
            each ->
                new StoredUsage.Billing(
                    each.cycle(),
                    each.poolBytes().isPresent() ? each.poolBytes().getAsLong() : null))
        .orElse(StoredUsage.Billing.DEFAULT);
  }

  private ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private int fromStore(String name, DayRange days) {
    if (fleet.isSimulated()) {
      throw misuse(
          "--simulate and --store exclude each other: a store records whether it is simulated");
    }
    try (var from = context.existingStore(name);
        var latest = from.snapshot()) {
      var snapshot = asOf == null ? latest : new AsOfReader(latest, asOf);
      var carriers = fleet.accounts().carriers(context);
      var request =
          new StoredUsage.Request(
              carriers,
              fleet.listed(context),
              fleet.hasDevices(context),
              fleet.isNarrowed(),
              devices -> fleet.wanted(carriers, devices),
              fleet.configured(context),
              fleet.accounts().names(),
              this::billing,
              period.isGiven() || cycle != null ? days : last(snapshot.days().orElse(days)),
              // Which days are over, settled and kept is decided as of the time, too.
              asOf == null ? context.clock() : Clock.fixed(asOf, ZoneOffset.UTC));
      var isSimulated = from.origin().equals(Optional.of(Origin.SIMULATED));
      return write(request, snapshot, isSimulated, "simtally sync --store " + quoted(from));
    }
  }

  /** The last days that have been read, as many as a report shows. */
  private static DayRange last(DayRange days) {
    var first = days.to().minusDays(PeriodOptions.DEFAULT_DAYS - 1L);
    return new DayRange(first.isBefore(days.from()) ? days.from() : first, days.to());
  }

  private int fromCarriers(DayRange days) {
    var directory = temporary();
    try (var opened = fleet.open(context, days);
        var into =
            UsageStore.open(directory.resolve("report.duckdb").toString(), context.environment());
        var bar = SyncBar.of(opened.sources().size(), context.mayShowProgress())) {
      var sync = opened.simulated() == null ? Sync.into(into) : Sync.into(into).simulated();
      sync.days(days).clock(context.clock()).listener(bar).run(opened.accounts());
      bar.clear();
      var request =
          new StoredUsage.Request(
              opened.carriers(),
              opened.listed(),
              fleet.hasDevices(context) || opened.simulated() != null,
              false,
              devices -> opened.carriers(),
              List.of(),
              List.of(),
              this::billing,
              days,
              context.clock());
      try (var snapshot = into.snapshot()) {
        return write(request, snapshot, opened.simulated() != null, null);
      }
    } finally {
      delete(directory);
    }
  }

  /**
   * Writes the report.
   *
   * @param sync the start of the command that reads days into the store, or null without a store
   */
  private int write(
      StoredUsage.Request request, UsageReader from, boolean simulated, @Nullable String sync) {
    try (var files = ReportFiles.create(request.period(), simulated)) {
      var usage = new StoredUsage(from, request).read(simulated, files);
      var directory = directory();
      if (!usage.isNothingRead()) {
        files.write(usage, from, directory, json);
      }
      var console = console();
      var table = new TextReport(console, Simtally.width(context));
      table.print(usage);
      table.printClosed(ClosedBooks.lines(from, request.period(), request.accounts()));
      console.println();
      console.println(
          usage.isNothingRead()
              ? "Nothing could be read, so no files were written. Files of an earlier run in "
                  + directory
                  + " are unchanged."
              : "Written: " + String.join(", ", ReportFiles.NAMES) + " in " + directory);
      console.flush();
      complain(usage, sync);
      return usage.isComplete() ? 0 : 1;
    }
  }

  /** The table goes to standard error if the JSON goes to standard output. */
  private PrintWriter console() {
    return json != null && AtomicFile.isStandardOutput(json)
        ? spec.commandLine().getErr()
        : spec.commandLine().getOut();
  }

  private void complain(FleetUsage usage, @Nullable String sync) {
    if (usage.carriers().isEmpty()) {
      complain("nothing is known: no carrier was read into the store, and none is set");
    }
    for (var carrier : usage.carriers()) {
      var parts = new ArrayList<String>();
      if (carrier.failure() != null) {
        parts.add(carrier.carrier() + " failed: " + carrier.failure());
      }
      if (carrier.failedDevices() > 0) {
        parts.add(carrier.carrier() + ": " + carrier.refusals());
      }
      if (!carrier.unknown().isNone()) {
        parts.add((parts.isEmpty() ? carrier.carrier() + ": " : "") + unknown(carrier, sync));
      }
      if (!parts.isEmpty()) {
        complain(String.join(" ", parts));
      }
    }
    spec.commandLine().getErr().flush();
  }

  private void complain(String message) {
    var line = spec.commandLine();
    line.getErr().println(line.getColorScheme().errorText("error: " + TextReport.plain(message)));
  }

  private String unknown(CarrierUsage carrier, @Nullable String sync) {
    var unknown = carrier.unknown();
    var days = unknown.readable();
    if (days == null) {
      return unknown.inWords() + "; the carrier no longer keeps them.";
    }
    return unknown.inWords()
        + "; read them with: "
        + (sync == null
            ? "the same command again"
            : sync
                + devicesOption(carrier.key().provider())
                + " --from "
                + days.from()
                + " --to "
                + days.to());
  }

  private String devicesOption(String provider) {
    Path devices = spec.commandLine().getParseResult().matchedOptionValue("--devices", null);
    if (devices != null) {
      return " --devices " + quoted(devices);
    }
    var needsDevices =
        context.carriers().stream()
            .anyMatch(
                carrier ->
                    carrier.provider().equals(provider) && carrier.deviceRequirement() != null);
    return needsDevices ? " --devices FILE" : "";
  }

  private static String quoted(Object argument) {
    var value = argument.toString();
    return value.matches("[\\w./:@%+,=-]+") ? value : "'" + value.replace("'", "'\\''") + "'";
  }

  private Path directory() {
    try {
      return Files.createDirectories(out.toAbsolutePath().normalize());
    } catch (IOException e) {
      throw new ReportWriteException(out, e);
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("simtally");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) {
    try (var files = Files.list(directory)) {
      for (var file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(directory);
    } catch (IOException leftOver) {
      // The system cleans its temporary folder.
    }
  }
}
