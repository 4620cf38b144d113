package io.simtally.cli;

import static java.util.stream.Collectors.joining;

import io.simtally.fleet.DevicesFile;
import io.simtally.fleet.account.Accounts;
import io.simtally.fleet.check.CheckReport;
import io.simtally.fleet.check.ServiceCheck;
import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.ListedDevices;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code simtally check}: compares the answers of the live services with their pages. */
@Command(
    name = "check",
    description = {
      "Checks key, network, clock and answers of the services of each account, and lists how the"
          + " answers differ from the page of the service. Each request and each login is sent once."
          + " Nothing is changed at the service.",
      ""
    },
    mixinStandardHelpOptions = true,
    usageHelpWidth = 100)
final class CheckCommand implements Callable<Integer> {
  private final CommandContext context;
  private final Prompt prompt;

  @Spec private CommandSpec spec;

  @Mixin private AccountOptions accounts;

  @Option(
      names = "--devices",
      paramLabel = "FILE",
      description =
          "CSV file with the columns provider, kind, id and, for ThingSpace Hyper-Precise,"
              + " account_number: the first device of each provider is asked about")
  private @Nullable Path devices;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description =
          "Writes all findings for a bug report, without any id, number, credential or host of"
              + " yours")
  private @Nullable Path json;

  @Option(names = "--yes", description = "Sends the requests without asking first")
  private boolean yes;

  @SuppressWarnings("NullAway.Init") // picocli sets the other fields.
  CheckCommand(CommandContext context, Prompt prompt) {
    this.context = context;
    this.prompt = prompt;
  }

  /** The check of an account, whose name is null for the environment as a whole. */
  private record AccountCheck(@Nullable String account, ServiceCheck check) {}

  /** Returns the variables of all services; services with the same variables share a text. */
  private static List<String> variables() {
    var providers = new LinkedHashMap<String, String>();
    for (var line : ServiceCheck.variables()) {
      var parts = line.split(": ", 2);
      providers.merge(parts[1], parts[0], (one, other) -> one + " and " + other);
    }
    return providers.entrySet().stream()
        .map(each -> each.getValue() + ": " + each.getKey())
        .toList();
  }

  @Override
  public Integer call() {
    var checks = checks();
    var providers = checks.stream().flatMap(each -> each.check().providers().stream()).toList();
    if (providers.isEmpty()) {
      throw misuse(
          "no credentials in the environment; set those of a provider: "
              + String.join("; ", variables()));
    }
    var console = spec.commandLine().getOut();
    console.println(
        String.format(
            Locale.ROOT,
            "Up to %d requests go to %s; nothing is changed there.",
            checks.stream().mapToInt(each -> each.check().requests()).sum(),
            String.join(", ", providers)));
    console.flush();
    if (!yes && !isAgreed()) {
      console.println("Nothing was sent.");
      console.flush();
      return spec.exitCodeOnInvalidInput();
    }
    var reports = new ArrayList<CheckReport>();
    for (var each : checks) {
      if (each.account() != null) {
        print(console, "Account " + each.account());
      }
      reports.add(each.check().run(line -> print(console, line.toString())));
    }
    if (json != null) {
      write(json, reports);
    }
    print(console, sum(reports));
    return reports.stream().allMatch(CheckReport::isWell) ? 0 : 1;
  }

  private List<AccountCheck> checks() {
    if (accounts.isDefault(context)) {
      var check = ServiceCheck.of(context.environment());
      return List.of(new AccountCheck(null, check.devices(listed(devices))));
    }
    var chosen = accounts.selected(context);
    if (devices != null) {
      requireOneOwner(chosen, listed(devices));
    }
    return chosen.accounts().stream()
        .map(
            account ->
                new AccountCheck(
                    account.name(),
                    account.check().devices(listed(account.devicesFile().orElse(devices)))))
        .toList();
  }

  /** Refuses devices of a provider that several of the accounts have. */
  private void requireOneOwner(Accounts chosen, Map<String, Device> listed) {
    try {
      var byProvider = new HashMap<String, List<Device>>();
      listed.forEach((provider, device) -> byProvider.put(provider, List.of(device)));
      chosen.devices(ListedDevices.of(byProvider));
    } catch (IllegalArgumentException e) {
      throw misuse("--devices: " + e.getMessage());
    }
  }

  private boolean isAgreed() {
    return prompt
        .ask("Send them? [y/N] ")
        .orElseThrow(() -> misuse("there is no terminal to ask at: add --yes to send them"))
        .strip()
        .toLowerCase(Locale.ROOT)
        .startsWith("y");
  }

  /** Returns the first device of each provider in a file. */
  private Map<String, Device> listed(@Nullable Path list) {
    if (list == null) {
      return Map.of();
    }
    try {
      var carriers = context.carriers().stream().<Carrier>map(UncheckedCarrier::new).toList();
      var file = DevicesFile.read(list, carriers);
      var first = new HashMap<String, Device>();
      for (var carrier : carriers) {
        var listed = file.of(carrier.provider()).iterator();
        if (listed.hasNext()) {
          first.put(carrier.provider(), listed.next());
        }
      }
      return first;
    } catch (IOException | IllegalArgumentException e) {
      throw misuse(String.valueOf(e.getMessage()));
    }
  }

  /** Writes the report, or an array of the reports of several accounts. */
  private static void write(Path file, List<CheckReport> reports) {
    var text = reports.stream().map(CheckReport::json).collect(joining(",\n"));
    var document = reports.size() == 1 ? text : "[\n" + text + "]\n";
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

  private String sum(List<CheckReport> reports) {
    var requests = reports.stream().mapToLong(CheckReport::requests).sum();
    var sent = requests + (requests == 1 ? " request was sent. " : " requests were sent. ");
    return sent
        + (reports.stream().allMatch(CheckReport::isWell)
            ? "All is well."
            : "Fix what is marked FAILED.")
        + (json == null ? "" : " For a bug report: " + json);
  }

  /** Prints lines that may quote a service, without control characters. */
  private static void print(PrintWriter console, String lines) {
    lines.lines().map(TextReport::plain).forEach(console::println);
    console.flush();
  }

  private ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
