package io.simtally.cli;

import io.simtally.cli.usage.AccountRow;
import io.simtally.cli.usage.StoredUsage;
import io.simtally.core.DayRange;
import io.simtally.core.RateLimit;
import io.simtally.fleet.Carriers;
import io.simtally.fleet.DevicesFile;
import io.simtally.fleet.account.Account;
import io.simtally.fleet.account.Accounts;
import io.simtally.fleet.message.Suggestion;
import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.source.ListedDevices;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that select providers and devices. */
final class FleetOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private AccountOptions accounts;

  @Option(
      names = "--devices",
      paramLabel = "FILE",
      description =
          "CSV file with the columns provider, kind, id and, for ThingSpace Hyper-Precise,"
              + " account_number: the devices of providers that answer for one device at a time")
  private @Nullable Path devices;

  @Option(
      names = "--provider",
      paramLabel = "ID",
      description = "Only this provider, such as mason-usage; may be given several times")
  private List<String> wanted = List.of();

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description =
          "Concurrent calls per account, unless the configuration file has a number (default:"
              + " ${DEFAULT-VALUE})")
  private int concurrency = 64;

  @Option(
      names = "--requests-per-second",
      paramLabel = "N",
      description =
          "Maximum of requests per second and account, unless the configuration file has a number"
              + " (default: no limit)")
  private @Nullable Integer requestsPerSecond;

  @Option(
      names = "--simulate",
      arity = "0..1",
      fallbackValue = "500",
      paramLabel = "N",
      description =
          "Simulated carriers with N devices each (500 without N) in place of the providers. A"
              + " store takes either simulated or real figures")
  private @Nullable Integer simulatedDevices;

  /** For picocli, which sets the fields. */
  @SuppressWarnings("NullAway.Init")
  FleetOptions() {}

  AccountOptions accounts() {
    return accounts;
  }

  /** Returns whether devices are listed, by the option or by an account. */
  boolean hasDevices(CommandContext context) {
    return devices != null
        || (accounts.isConfigured(context)
            && accounts.selected(context).accounts().stream()
                .anyMatch(account -> account.devicesFile().isPresent()));
  }

  /** Returns whether only some carriers are wanted. */
  boolean isNarrowed() {
    return !wanted.isEmpty() || !accounts.names().isEmpty();
  }

  boolean isSimulated() {
    return simulatedDevices != null;
  }

  /**
   * Opens the accounts, or simulated ones if the user asks for them.
   *
   * @throws ParameterException if there are none, or one cannot be opened
   */
  OpenedFleet open(CommandContext context, DayRange days) {
    if (concurrency < 1
        || (simulatedDevices != null && simulatedDevices < 1)
        || (requestsPerSecond != null && requestsPerSecond < 1)) {
      throw misuse("--concurrency, --requests-per-second and --simulate are at least 1");
    }
    if (simulatedDevices != null) {
      return simulated(context, days, simulatedDevices);
    }
    var chosen = ofProviders(accounts.selected(context));
    var all = accounts.all(context);
    try {
      return opened(
          devices == null ? chosen : chosen.devices(fromOption(devices, context.carriers())),
          skipped(all, chosen),
          context,
          null);
    } catch (IllegalArgumentException e) {
      throw misuse(String.valueOf(e.getMessage()));
    }
  }

  private OpenedFleet simulated(CommandContext context, DayRange days, int count) {
    if (devices != null) {
      throw misuse("--simulate and --devices exclude each other");
    }
    requireKnownProviders();
    var console = spec.commandLine().getErr();
    console.println(
        String.format(
            Locale.ROOT, "Simulated carriers with %,d devices each: no real figures.", count));
    console.flush();
    var simulated = SimulatedFleet.start(count, days);
    var all = Accounts.fromEnv(simulated.environment()).devices(simulated.devices());
    return opened(ofProviders(all), List.of(), context, simulated);
  }

  private OpenedFleet opened(
      Accounts chosen,
      List<String> skipped,
      CommandContext context,
      @Nullable SimulatedFleet simulated) {
    var limit = requestsPerSecond == null ? null : RateLimit.perSecond(requestsPerSecond);
    var limited = chosen.settings(each -> each.concurrency(concurrency).rateLimit(limit));
    return new OpenedFleet(
        limited, skipped, limited.devices(), limited.sources(context.clock()), simulated);
  }

  /** Returns the accounts of the wanted providers. */
  private Accounts ofProviders(Accounts from) {
    requireKnownProviders();
    var chosen = wanted.isEmpty() ? from : from.selectProviders(wanted);
    if (chosen.accounts().isEmpty()) {
      throw misuse("no account has the provider " + String.join(" or ", wanted));
    }
    return chosen;
  }

  private static List<String> skipped(Accounts all, Accounts chosen) {
    var read = chosen.accounts().stream().map(Account::name).toList();
    return all.accounts().stream().map(Account::name).filter(name -> !read.contains(name)).toList();
  }

  /**
   * Returns the listed devices of all accounts, or those of the option.
   *
   * @throws ParameterException if a file is refused
   */
  ListedDevices listed(CommandContext context) {
    if (devices != null) {
      return fromOption(devices, context.carriers());
    }
    if (!accounts.isConfigured(context)) {
      return ListedDevices.NONE;
    }
    try {
      return accounts.selected(context).devices();
    } catch (IllegalArgumentException e) {
      throw misuse(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Returns what a sync of the configuration file's selected accounts reads, none without a file.
   *
   * @throws ParameterException if a file is refused
   */
  List<StoredUsage.Configured> configured(CommandContext context) {
    if (!accounts.isConfigured(context)) {
      return List.of();
    }
    try {
      var selected = accounts.selected(context);
      var all =
          devices == null ? selected : selected.devices(fromOption(devices, context.carriers()));
      var configured = new ArrayList<StoredUsage.Configured>();
      for (var account : all.accounts()) {
        var own = account.devices();
        for (var carrier : account.wanted(own)) {
          configured.add(
              new StoredUsage.Configured(new AccountRow(carrier.provider(), account.name()), own));
        }
      }
      return configured;
    } catch (IllegalArgumentException e) {
      throw misuse(String.valueOf(e.getMessage()));
    }
  }

  private ListedDevices fromOption(Path file, List<Carrier> carriers) {
    try {
      return DevicesFile.read(file, carriers);
    } catch (IOException | IllegalArgumentException e) {
      throw misuse(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Returns the carriers to read.
   *
   * @throws ParameterException if the user names an unknown one
   */
  List<Carrier> wanted(List<Carrier> carriers, ListedDevices listed) {
    requireKnownProviders();
    return carriers.stream()
        .filter(
            carrier ->
                wanted.isEmpty() ? carrier.isWanted(listed) : wanted.contains(carrier.provider()))
        .toList();
  }

  private void requireKnownProviders() {
    var known = Carriers.of(Map.of()).stream().map(Carrier::provider).toList();
    for (var id : wanted) {
      if (!known.contains(id)) {
        throw misuse(
            "unknown provider '"
                + id
                + "'"
                + Suggestion.nearest(id, known)
                    .map(Suggestion::question)
                    .orElse(", known are " + String.join(", ", known)));
      }
    }
  }

  private ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
