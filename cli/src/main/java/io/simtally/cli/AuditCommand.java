package io.simtally.cli;

import io.simtally.cli.audit.AuditJson;
import io.simtally.cli.audit.AuditText;
import io.simtally.core.DayRange;
import io.simtally.fleet.audit.Audit;
import io.simtally.fleet.audit.AuditResult;
import io.simtally.fleet.source.UsageSource;
import io.simtally.fleet.store.UsageStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code simtally audit}: compares a sample of settled days with the carriers. */
@Command(
    name = "audit",
    description = {
      "Reads a random sample of settled days of devices again and compares each with its figure in"
          + " the store. Writes nothing to the store. Exit code 0: all are equal; 1: a day differs or"
          + " could not be compared, or there was nothing to compare.",
      ""
    },
    mixinStandardHelpOptions = true,
    usageHelpWidth = 100)
final class AuditCommand implements Callable<Integer> {
  private final CommandContext context;

  @Spec private CommandSpec spec;

  @Mixin private StoreOptions store;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description =
          "Number of days of devices to compare (default: ${DEFAULT-VALUE}, which finds a drift of"
              + " 1 %% with a probability of more than 99 %%)")
  private int sample = Audit.DEFAULT_SAMPLE;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Repeats the sample of an audit of the same store (default: a new sample)")
  private @Nullable Long seed;

  @Option(
      names = "--settle-after-days",
      paramLabel = "N",
      description = "As for sync (default: the carrier's own)")
  private @Nullable Integer settleAfterDays;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Writes the result with all differences as JSON; - for standard output")
  private @Nullable Path json;

  @Mixin private PeriodOptions period;
  @Mixin private FleetOptions fleet;

  @SuppressWarnings("NullAway.Init") // picocli sets the other fields.
  AuditCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (sample < 1 || (settleAfterDays != null && settleAfterDays < 0)) {
      throw new ParameterException(
          spec.commandLine(), "--sample is at least 1, and --settle-after-days at least 0");
    }
    var days = period.isGiven() ? period.days(context.clock()) : null;
    var name = store.name(fleet.accounts(), context);
    try (var from = context.existingStore(name);
        var opened = fleet.open(context, days == null ? span(from) : days)) {
      var result = audit(from, days, opened.simulated() != null).run(opened.sources());
      var isOnStandardOutput = json != null && AtomicFile.isStandardOutput(json);
      var console = isOnStandardOutput ? spec.commandLine().getErr() : spec.commandLine().getOut();
      new AuditText(result, audited -> opened.nameOf(audited.provider(), audited.account()))
          .lines()
          .forEach(line -> console.println(TextReport.plain(line)));
      console.flush();
      if (json != null) {
        write(json, AuditJson.of(result));
      }
      complain(result, from, opened.sources());
      return result.isClean() ? 0 : 1;
    }
  }

  private DayRange span(UsageStore from) {
    return from.days().orElseGet(() -> period.days(context.clock()));
  }

  private Audit audit(UsageStore from, @Nullable DayRange days, boolean isSimulated) {
    var audit = Audit.of(from).sample(sample).clock(context.clock());
    if (isSimulated) {
      audit = audit.simulated();
    }
    if (seed != null) {
      audit = audit.seed(seed);
    }
    if (days != null) {
      audit = audit.days(days);
    }
    return settleAfterDays == null ? audit : audit.settleAfterDays(settleAfterDays);
  }

  private void complain(AuditResult result, UsageStore from, List<UsageSource> sources) {
    var messages = spec.commandLine().getErr();
    if (!fleet.isNarrowed()) {
      from.accounts().stream()
          .filter(
              stored ->
                  sources.stream()
                      .noneMatch(
                          source ->
                              source.provider().equals(stored.provider())
                                  && source.account().equals(stored.account())))
          .forEach(
              stored ->
                  messages.println(
                      "Not audited: "
                          + TextReport.plain(stored.account() + ": " + stored.provider())
                          + ", which has no credentials or no listed devices"));
    }
    if (result.population() == 0) {
      error(messages, "the store has no settled day of these accounts, nothing was compared");
    } else if (!result.failures().isEmpty()) {
      error(
          messages,
          result.failures().size()
              + " of "
              + result.sampled()
              + " days of devices could not be compared");
    }
    messages.flush();
  }

  private void error(PrintWriter messages, String message) {
    messages.println(spec.commandLine().getColorScheme().errorText("error: " + message));
  }

  private static void write(Path file, String document) {
    try (var whole = AtomicFile.at(file)) {
      var bytes = ByteBuffer.wrap(document.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        whole.channel().write(bytes);
      }
      whole.publish();
    } catch (IOException e) {
      throw new ReportWriteException(file, e);
    }
  }
}
