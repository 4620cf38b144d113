package io.simtally.cli;

import io.simtally.cli.usage.ByteCount;
import io.simtally.cli.usage.CarrierFailure;
import io.simtally.fleet.store.UsageStore;
import io.simtally.fleet.sync.CarrierResult;
import io.simtally.fleet.sync.Sync;
import io.simtally.fleet.sync.SyncResult;
import io.simtally.fleet.sync.UnavailableDays;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simtally sync}: reads what the store lacks. */
@Command(
    name = "sync",
    description = {
      "Reads what the store lacks of a period from every carrier whose credentials are in the"
          + " environment. Days are read again until they are settled. What has been read is kept"
          + " when it is ended; started again, it goes on.",
      ""
    },
    mixinStandardHelpOptions = true,
    usageHelpWidth = 100)
final class SyncCommand implements Callable<Integer> {
  private final CommandContext surroundings;

  @Spec private CommandSpec spec;

  @Option(
      names = "--store",
      required = true,
      paramLabel = "STORE",
      description = "Path of a DuckDB file, or a jdbc:postgresql: URL")
  private String store;

  @Mixin private PeriodOptions period;
  @Mixin private FleetOptions fleet;

  @Option(
      names = "--settle-after-days",
      paramLabel = "N",
      description =
          "Days after its end until which a day is read again, since carriers correct their figures"
              + " (default: the carrier's own)")
  private @Nullable Integer settleAfterDays;

  @SuppressWarnings("NullAway.Init") // picocli fills in the rest.
  SyncCommand(CommandContext surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (settleAfterDays != null && settleAfterDays < 0) {
      throw new IllegalArgumentException("--settle-after-days is negative");
    }
    var days = period.period(surroundings.clock());
    var console = spec.commandLine().getOut();
    try (var opened = fleet.open(surroundings, days, console);
        var into = UsageStore.open(store, surroundings.environment());
        var bar = SyncBar.of(opened.sources().size(), surroundings.mayShowProgress());
        var interrupt = new Interrupt(console)) {
      var sync =
          Sync.into(into)
              .days(days)
              .clock(surroundings.clock())
              .listener(bar)
              .stopWhen(interrupt::isWanted);
      var result =
          (settleAfterDays == null ? sync : sync.settleAfterDays(settleAfterDays))
              .run(opened.sources());
      bar.clear();
      tell(opened, result, console);
      return result.isComplete() && opened.failures().isEmpty() ? 0 : 1;
    }
  }

  private void tell(OpenedFleet opened, SyncResult result, PrintWriter console) {
    console.println(
        String.format(
            Locale.ROOT,
            "  %-28s %12s %12s %12s %14s",
            "",
            "Devices",
            "Settled",
            "Failed",
            "Records"));
    for (var carrier : result.carriers()) {
      var progress = carrier.progress();
      console.println(
          String.format(
              Locale.ROOT,
              "  %-28s %,12d %,12d %,12d %,14d",
              opened.nameOf(carrier.provider()),
              progress.done(),
              progress.settled(),
              progress.failed(),
              progress.records()));
    }
    console.println("Stored: " + store);
    console.flush();
    opened.failures().forEach(failure -> complain(failure.carrier(), failure.reason()));
    for (var carrier : result.carriers()) {
      if (carrier.failure() != null) {
        complain(opened.nameOf(carrier.provider()), CarrierFailure.reason(carrier.failure()));
      }
    }
    for (var carrier : result.carriers()) {
      if (carrier.unavailable() != null) {
        tellUnavailable(opened.nameOf(carrier.provider()), carrier.unavailable());
      }
    }
    if (result.carriers().stream().anyMatch(CarrierResult::isStopped)) {
      console.println("Stopped before the end: the same command goes on where this one was.");
      console.flush();
    }
  }

  private void tellUnavailable(String carrier, UnavailableDays unavailable) {
    var sentence = carrier + ": " + unavailable.days() + " are no longer available";
    if (unavailable.unread() == 0) {
      spec.commandLine().getOut().println(sentence + "; the store has them from earlier runs.");
      spec.commandLine().getOut().flush();
      return;
    }
    var console = spec.commandLine().getErr();
    console.println(
        spec.commandLine()
            .getColorScheme()
            .errorText(
                "error: "
                    + sentence
                    + "; the store lacks "
                    + ByteCount.counted(unavailable.unread(), "day")
                    + " of devices."));
    console.flush();
  }

  private void complain(String carrier, String reason) {
    var console = spec.commandLine().getErr();
    console.println(
        spec.commandLine()
            .getColorScheme()
            .errorText("error: " + carrier + " failed: " + TextReport.plain(reason)));
    console.flush();
  }

  /** A Ctrl-C, which waits until the devices under way are stored. */
  private static final class Interrupt implements AutoCloseable {
    private final AtomicBoolean wanted = new AtomicBoolean();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    Interrupt(PrintWriter console) {
      this.hook =
          new Thread(
              () -> {
                wanted.set(true);
                console.println();
                console.println("Ending after the devices under way are stored ...");
                console.flush();
                try {
                  done.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      Runtime.getRuntime().addShutdownHook(hook);
    }

    boolean isWanted() {
      return wanted.get();
    }

    @Override
    public void close() {
      done.countDown();
      if (!wanted.get()) {
        Runtime.getRuntime().removeShutdownHook(hook);
      }
    }
  }
}
