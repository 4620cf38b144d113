package io.simtally.cli;

import io.simtally.fleet.store.Origin;
import io.simtally.fleet.store.UsageStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simtally demo}: sync and report of simulated carriers with a store of their own. */
@Command(
    name = "demo",
    description = {
      "Simulates the five providers, reads the last 30 days of them into a store, and reports it."
          + " Needs no credentials.",
      ""
    },
    mixinStandardHelpOptions = true,
    usageHelpWidth = 100)
final class DemoCommand implements Callable<Integer> {
  private static final String STORE = "simtally-demo.duckdb";

  private final CommandContext context;

  @Spec private CommandSpec spec;

  @Option(
      names = "--devices",
      paramLabel = "N",
      description = "Devices of each provider (default: ${DEFAULT-VALUE})")
  private int devices = 500;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where store and report go (default: the current directory)")
  private Path out = Path.of("");

  @SuppressWarnings("NullAway.Init") // picocli sets the other fields.
  DemoCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (devices < 1) {
      throw new IllegalArgumentException("--devices must be at least 1");
    }
    var store = fresh(out.toAbsolutePath().normalize().resolve(STORE)).toString();
    var sync = run("sync", "--store", store, "--simulate=" + devices);
    if (sync > 1) {
      return sync;
    }
    return Math.max(sync, run("report", "--store", store, "--out", out.toString()));
  }

  private int run(String... args) {
    var here = spec.commandLine();
    return Simtally.of(context).setOut(here.getOut()).setErr(here.getErr()).execute(args);
  }

  /** Deletes the store of an earlier demo: its days and devices may be others. */
  private Path fresh(Path store) {
    try {
      Files.createDirectories(store.getParent());
      if (Files.exists(store)) {
        refuseRealFigures(store);
        Files.delete(store);
        Files.deleteIfExists(store.resolveSibling(STORE + ".wal"));
      }
    } catch (IOException e) {
      throw new ReportWriteException(store, e);
    }
    return store;
  }

  private void refuseRealFigures(Path store) {
    try (var opened = UsageStore.open(store.toString(), context.environment())) {
      if (opened.origin().filter(Origin.SIMULATED::equals).isEmpty()) {
        throw new IllegalArgumentException(
            store + " is no store of a demo; move it, or name another folder with --out");
      }
    }
  }
}
