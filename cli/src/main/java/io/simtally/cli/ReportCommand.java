package io.simtally.cli;

import io.simtally.cli.usage.FleetUsage;
import io.simtally.cli.usage.Period;
import io.simtally.core.DayRange;
import io.simtally.fleet.store.UsageStore;
import io.simtally.fleet.sync.Sync;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simtally report}: a table, a CSV file and a page, from the store or from the carriers. */
@Command(
    name = "report",
    description = {
      "Prints the usage of a fleet, and writes fleet-report.csv and fleet-report.html: from a store,"
          + " or without one straight from every carrier whose credentials are in the environment.",
      ""
    },
    mixinStandardHelpOptions = true,
    usageHelpWidth = 100)
final class ReportCommand implements Callable<Integer> {
  private final CommandContext surroundings;

  @Spec private CommandSpec spec;

  @Option(
      names = "--store",
      paramLabel = "STORE",
      description = "Path of a DuckDB file, or a jdbc:postgresql: URL (default: no store)")
  private @Nullable String store;

  @Mixin private PeriodOptions period;
  @Mixin private FleetOptions fleet;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the two files go (default: the current directory)")
  private Path out = Path.of("");

  @SuppressWarnings("NullAway.Init") // picocli fills in the rest.
  ReportCommand(CommandContext surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    var days = period.period(surroundings.clock());
    return store == null ? fromCarriers(days) : fromStore(store, days);
  }

  private int fromStore(String name, Period days) {
    try (var from = surroundings.existingStore(name)) {
      var listed = fleet.listed(surroundings.carriers());
      var shown = period.isGiven() ? days : last(from.days().orElse(days.days()));
      var usage =
          new StoredUsage(from, surroundings, listed, List.of(), shown)
              .read(surroundings.isWithoutCredentials());
      return write(usage, from);
    }
  }

  /** As many of the days that were read as a report shows. */
  private static Period last(DayRange days) {
    var first = days.to().minusDays(Period.DEFAULT_DAYS - 1L);
    return new Period(first.isBefore(days.from()) ? days.from() : first, days.to());
  }

  private int fromCarriers(Period days) {
    var console = spec.commandLine().getOut();
    var directory = temporary();
    try (var opened = fleet.open(surroundings, days.days(), console);
        var into =
            UsageStore.open(
                directory.resolve("report.duckdb").toString(), surroundings.environment());
        var bar = SyncBar.of(opened.sources().size(), surroundings.mayShowProgress())) {
      Sync.into(into)
          .days(days.days())
          .clock(surroundings.clock())
          .listener(bar)
          .run(opened.sources());
      bar.clear();
      var usage =
          new StoredUsage(into, surroundings, opened.listed(), opened.failures(), days)
              .read(opened.simulated() != null);
      return write(usage, into);
    } finally {
      delete(directory);
    }
  }

  private int write(FleetUsage usage, UsageStore from) {
    var directory = directory();
    if (!usage.isNothingRead()) {
      HtmlReport.write(usage, directory.resolve("fleet-report.html"));
      CsvReport.write(usage, from, directory.resolve("fleet-report.csv"));
    }
    var console = spec.commandLine().getOut();
    new TextReport(console).print(usage);
    console.println();
    console.println(
        usage.isNothingRead()
            ? "Nothing could be read, so nothing was written: files of an earlier run in "
                + directory
                + " are as they were."
            : "Written: fleet-report.csv, fleet-report.html in " + directory);
    console.flush();
    complain(usage);
    return usage.isComplete() ? 0 : 1;
  }

  private void complain(FleetUsage usage) {
    var console = spec.commandLine().getErr();
    var colors = spec.commandLine().getColorScheme();
    for (var failure : usage.failures()) {
      console.println(
          colors.errorText(
              "error: " + failure.carrier() + " failed: " + TextReport.plain(failure.reason())));
    }
    for (var carrier : usage.carriers()) {
      if (!carrier.coverage().isComplete()) {
        console.println(
            colors.errorText(
                "error: " + carrier.carrier() + ": " + TextReport.plain(carrier.refusals())));
      }
    }
    console.flush();
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
      // The system clears its folder for temporary files.
    }
  }
}
