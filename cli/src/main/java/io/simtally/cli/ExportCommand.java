package io.simtally.cli;

import io.simtally.cli.report.CsvReport;
import io.simtally.cli.usage.ByteCount;
import io.simtally.fleet.store.MonthlyUsage;
import io.simtally.fleet.store.Origin;
import io.simtally.fleet.store.UsageQuery;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simtally export}: the records of a store as files, exactly as stored. */
@Command(
    name = "export",
    description = {
      "Writes the records of a store exactly as they are: one CSV or JSON Lines file, or Parquet"
          + " files by provider and month.",
      ""
    },
    mixinStandardHelpOptions = true,
    usageHelpWidth = 100)
final class ExportCommand implements Callable<Integer> {
  private final CommandContext context;

  @Spec private CommandSpec spec;

  @Mixin private StoreOptions store;

  @Option(names = "--format", required = true, description = "One of: ${COMPLETION-CANDIDATES}")
  private ExportFormat format;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "PATH",
      description =
          "The file to write, or - for standard output; for Parquet a directory that is empty or"
              + " does not exist")
  private Path out;

  @Mixin private PeriodOptions period;
  @Mixin private AccountOptions accounts;

  @SuppressWarnings("NullAway.Init") // picocli sets the other fields.
  ExportCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (var from = context.existingStore(store.name(accounts, context))) {
      var given = period.days(context.clock());
      var days = period.isGiven() ? given : from.days().orElse(given);
      var all = UsageQuery.days(days);
      var queries =
          accounts.names().isEmpty()
              ? List.of(all)
              : accounts.names().stream().distinct().map(all::account).toList();
      var written = format.write(from, queries, out);
      var console = spec.commandLine().getErr();
      console.println(
          String.format(Locale.ROOT, "Written: %,d records of %s to %s", written, days, out));
      var uncounted =
          queries.stream()
              .flatMap(query -> from.uncountedUsage(query).stream())
              .map(MonthlyUsage::totalBytes)
              .reduce(BigInteger.ZERO, BigInteger::add);
      if (uncounted.signum() > 0) {
        console.println(
            "Not written: "
                + ByteCount.human(uncounted)
                + " of other sources, which no total counts (table uncounted_record).");
      }
      if (from.origin().equals(Optional.of(Origin.SIMULATED))) {
        console.println("SIMULATED fleet: these figures are not real.");
      }
      if (format == ExportFormat.csv && written >= CsvReport.ROWS_OF_A_SHEET) {
        console.println(CsvReport.TOO_LONG_FOR_A_SHEET);
      }
      console.flush();
      return 0;
    }
  }
}
