package io.simtally.cli;

import io.simtally.cli.usage.ByteCount;
import io.simtally.core.DayRange;
import io.simtally.fleet.store.ClosedPeriod;
import io.simtally.fleet.store.UsageStore;
import io.simtally.fleet.sync.CloseResult;
import io.simtally.fleet.sync.PeriodClose;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code simtally close}: freezes the total of a period. */
@Command(
    name = "close",
    description = {
      "Closes a period of each account: freezes its total. Refuses while days of it are unread, not"
          + " settled, failed or held back. simtally report --as-of TIME shows the figures of the"
          + " closing at any later time, and simtally report lists late corrections. Closing a"
          + " closed period changes nothing.",
      ""
    },
    mixinStandardHelpOptions = true,
    usageHelpWidth = 100)
final class CloseCommand implements Callable<Integer> {
  /** The number of gaps that are named. */
  private static final int NAMED = 20;

  private final CommandContext context;

  @Spec private CommandSpec spec;

  @Mixin private StoreOptions store;

  @Option(names = "--month", paramLabel = "YYYY-MM", description = "The month, such as 2026-01")
  private @Nullable YearMonth month;

  @Option(names = "--from", paramLabel = "DAY", description = "First day, instead of --month")
  private @Nullable LocalDate from;

  @Option(names = "--to", paramLabel = "DAY", description = "Last day, included")
  private @Nullable LocalDate to;

  @Option(
      names = "--incomplete",
      description =
          "Close the period although days of it are not final, and record these days with it")
  private boolean incomplete;

  @Mixin private AccountOptions accounts;

  @SuppressWarnings("NullAway.Init") // picocli sets the other fields.
  CloseCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    var days = days();
    var name = store.name(accounts, context);
    context.existingStore(name).close();
    try (var stored = UsageStore.open(name, context.environment())) {
      var close =
          PeriodClose.of(stored, days)
              .accounts(accounts.names())
              .configured(accounts.all(context))
              .clock(context.clock());
      var result = (incomplete ? close.incomplete() : close).run();
      print(days, result);
      return result.isClosed() ? 0 : 1;
    }
  }

  private DayRange days() {
    if (month != null && from == null && to == null) {
      return DayRange.of(month);
    }
    if (month == null && from != null && to != null) {
      if (from.isAfter(to)) {
        throw misuse("the period ends (" + to + ") before it starts (" + from + ")");
      }
      return DayRange.of(from, to);
    }
    throw misuse("give --month, or --from and --to");
  }

  private void print(DayRange days, CloseResult result) {
    var line = spec.commandLine();
    for (var each : result.closed()) {
      line.getOut()
          .println(
              "Closed: %s %s, %s bytes, at %s"
                  .formatted(
                      each.account(),
                      each.days(),
                      ByteCount.grouped(each.totalBytes()),
                      each.closedAt()));
    }
    line.getOut().flush();
    var messages = line.getErr();
    if (!result.isClosed()) {
      messages.println(
          line.getColorScheme()
              .errorText(
                  "error: "
                      + days
                      + " is not closed: days of it are not final; --incomplete closes it"
                      + " nevertheless"));
    }
    result.gaps().stream().limit(NAMED).forEach(each -> messages.println("  " + text(each)));
    if (result.gaps().size() > NAMED) {
      messages.println("  and " + ByteCount.grouped(result.gaps().size() - NAMED) + " more");
    }
    messages.flush();
  }

  private static String text(ClosedPeriod.Gap gap) {
    return TextReport.plain(
        "%s %s %s, %s: %s"
            .formatted(
                gap.account(),
                gap.provider(),
                gap.subject().equals(UsageStore.ACCOUNT) ? "(whole account)" : gap.subject(),
                gap.days(),
                switch (gap.reason()) {
                  case UNREAD -> "unread";
                  case UNSETTLED -> "not settled";
                  case FAILED -> "failed";
                  case HELD -> "held back";
                }));
  }

  private ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
