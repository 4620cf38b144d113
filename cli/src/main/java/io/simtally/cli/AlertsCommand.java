package io.simtally.cli;

import io.simtally.cli.terminal.DataCommand;
import io.simtally.fleet.alert.AlertEvent;
import io.simtally.fleet.alert.Alerts;
import io.simtally.fleet.store.UsageStore;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code simtally alerts}: evaluates the rules, and prints new events. */
@Command(
    name = "alerts",
    description = {
      "Evaluates the rules of the configuration file, [[alerts]], over a store, and prints new events"
          + " as JSON lines. Each event is new once for its rule, device and billing cycle.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:No new events.",
      "2:Wrong options or configuration; nothing was done.",
      "3:New events."
    },
    mixinStandardHelpOptions = true,
    usageHelpWidth = 100)
final class AlertsCommand implements Callable<Integer>, DataCommand {
  /** The exit code of new events. */
  private static final int NEW_EVENTS = 3;

  private final CommandContext context;

  @Spec private CommandSpec spec;

  @Mixin private StoreOptions store;

  @Mixin private AccountOptions options;

  @SuppressWarnings("NullAway.Init") // picocli sets the other fields.
  AlertsCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (!options.isConfigured(context)) {
      throw misuse("no rules: write [[alerts]] into a configuration file, and name it by --config");
    }
    var accounts = options.all(context);
    if (accounts.alertRules().isEmpty()) {
      throw misuse("the configuration file has no rules: write [[alerts]] into it");
    }
    var name = store.name(options, context);
    context.requireStore(name);
    try (var opened = UsageStore.open(name, context.environment())) {
      var alerts = Alerts.of(accounts.alertRules(), accounts.accounts()).clock(context.clock());
      var delivered =
          (options.names().isEmpty() ? alerts : alerts.accounts(options.names()))
              .runInChunks(opened, this::print);
      return delivered == 0 ? 0 : NEW_EVENTS;
    }
  }

  /** Prints events. The events stay new if the output is closed. */
  private void print(List<AlertEvent> events) {
    var console = spec.commandLine().getOut();
    events.forEach(event -> console.println(event.json()));
    if (console.checkError()) {
      throw new IllegalStateException(
          "the events could not be written to standard output; the next run prints them again");
    }
  }

  private ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
