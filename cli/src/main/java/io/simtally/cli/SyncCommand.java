package io.simtally.cli;

import io.simtally.cli.terminal.SyncInterrupt;
import io.simtally.cli.terminal.TextTable;
import io.simtally.cli.usage.ByteCount;
import io.simtally.cli.usage.CarrierFailure;
import io.simtally.fleet.store.UsageStore;
import io.simtally.fleet.sync.CarrierResult;
import io.simtally.fleet.sync.Sync;
import io.simtally.fleet.sync.SyncProgress;
import io.simtally.fleet.sync.SyncResult;
import io.simtally.fleet.sync.UnavailableDays;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simtally sync}: reads the missing days of a period into a store. */
@Command(
    name = "sync",
    description = {
      "Reads the days of a period that the store lacks from every account of the configuration file"
          + " or the environment. Reads days again until they are settled. The same command resumes"
          + " a sync that was ended.",
      ""
    },
    mixinStandardHelpOptions = true,
    usageHelpWidth = 100)
final class SyncCommand implements Callable<Integer> {
  private static final String ALL = "all";
  private static final int NAME_WIDTH = 28;

  private final CommandContext context;

  @Spec private CommandSpec spec;

  @Mixin private StoreOptions store;

  @Mixin private PeriodOptions period;
  @Mixin private FleetOptions fleet;

  @Option(
      names = "--settle-after-days",
      paramLabel = "N",
      description =
          "Days after its end until a day is settled; until then each sync reads it again, because"
              + " carriers correct their figures (default: the carrier's own)")
  private @Nullable Integer settleAfterDays;

  @Option(
      names = "--accept-losses",
      arity = "0..1",
      split = ",",
      fallbackValue = ALL,
      paramLabel = "DEVICE",
      description =
          "Write responses that remove stored usage, which are held back otherwise: all, or those of"
              + " these devices (ids separated by commas, * for whole accounts)")
  private List<String> acceptedLosses = List.of();

  @SuppressWarnings("NullAway.Init") // picocli sets the other fields.
  SyncCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (settleAfterDays != null && settleAfterDays < 0) {
      throw new IllegalArgumentException("--settle-after-days is negative");
    }
    var days = period.period(context.clock());
    var into = store.name(fleet.accounts(), context);
    var messages = spec.commandLine().getErr();
    try (var opened = fleet.open(context, days);
        var stored = UsageStore.open(into, context.environment());
        var bar = SyncBar.of(opened.sources().size(), context.mayShowProgress());
        var interrupt = new SyncInterrupt(messages)) {
      var sync =
          (opened.simulated() == null ? Sync.into(stored) : Sync.into(stored).simulated())
              .days(days)
              .clock(context.clock())
              .listener(bar)
              .stopWhen(interrupt::isWanted);
      var accepting =
          acceptedLosses.contains(ALL) ? sync.acceptLosses() : sync.acceptLosses(acceptedLosses);
      var result =
          (settleAfterDays == null ? accepting : accepting.settleAfterDays(settleAfterDays))
              .run(opened.accounts());
      bar.clear();
      print(opened, result, into);
      complain(opened, result, new FailedDevices(stored, days, messages), messages);
      if (result.carriers().stream().anyMatch(CarrierResult::isStopped)) {
        messages.println("Interrupted: the same command reads the rest.");
        messages.flush();
        return SyncInterrupt.EXIT_CODE;
      }
      return result.isComplete() ? 0 : 1;
    }
  }

  private void print(OpenedFleet opened, SyncResult result, String into) {
    var console = spec.commandLine().getOut();
    var table = TextTable.ofNames(NAME_WIDTH, 10, 10, 8, 13);
    table.add("", "Readings", "Settled", "Failed", "Records");
    for (int i = 0; i < result.carriers().size(); i++) {
      var progress = result.carriers().get(i).progress();
      table.add(
          opened.nameOf(opened.sources().get(i)),
          ByteCount.grouped(progress.done()),
          ByteCount.grouped(progress.settled()),
          ByteCount.grouped(progress.failed()),
          ByteCount.grouped(progress.records()));
    }
    table.lines(Simtally.width(context)).forEach(console::println);
    console.println("Stored: " + StoreName.printable(into));
    console.flush();
  }

  private void complain(
      OpenedFleet opened, SyncResult result, FailedDevices failed, PrintWriter messages) {
    if (!opened.skipped().isEmpty()) {
      messages.println("Skipped accounts: " + String.join(", ", opened.skipped()));
    }
    for (int i = 0; i < result.carriers().size(); i++) {
      var carrier = result.carriers().get(i);
      var name = opened.nameOf(opened.sources().get(i));
      if (carrier.failure() != null) {
        complain(name, CarrierFailure.reason(carrier.failure()), messages);
      }
      if (carrier.progress().failed() > 0 && carrier.failure() == null) {
        messages.println(failedDevices(name, carrier.progress()));
        failed.print(carrier.progress());
      }
      if (carrier.held() > 0) {
        messages.println(heldBack(name, carrier.held()));
      }
      if (carrier.unavailable() != null) {
        printUnavailable(name, carrier.unavailable(), messages);
      }
    }
    messages.flush();
  }

  private String failedDevices(String carrier, SyncProgress progress) {
    return spec.commandLine()
        .getColorScheme()
        .errorText(
            String.format(
                Locale.ROOT,
                "error: %s: %,d of %,d readings failed; simtally report names the devices and the"
                    + " reasons",
                carrier,
                progress.failed(),
                progress.done()))
        .toString();
  }

  private String heldBack(String carrier, long readings) {
    return spec.commandLine()
        .getColorScheme()
        .errorText(
            String.format(
                Locale.ROOT,
                "error: %s: %s would remove stored usage and %s held back; simtally report names"
                    + " the days, simtally sync --accept-losses writes them",
                carrier,
                ByteCount.counted(readings, "reading"),
                readings == 1 ? "is" : "are"))
        .toString();
  }

  private void printUnavailable(String carrier, UnavailableDays unavailable, PrintWriter messages) {
    var sentence = carrier + ": " + unavailable.days() + " are no longer available";
    messages.println(
        unavailable.unread() == 0
            ? sentence + "; the store has them from earlier runs."
            : spec.commandLine()
                .getColorScheme()
                .errorText(
                    "error: "
                        + sentence
                        + "; the store lacks "
                        + ByteCount.counted(unavailable.unread(), "day")
                        + " of devices."));
  }

  private void complain(String carrier, String reason, PrintWriter messages) {
    messages.println(
        spec.commandLine()
            .getColorScheme()
            .errorText("error: " + carrier + " failed: " + TextReport.plain(reason)));
  }
}
