package io.simtally.cli;

import io.simtally.fleet.check.CheckReport;
import io.simtally.fleet.check.ServiceCheck;
import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.source.Device;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code simtally check}: what the live services answer, against what their pages say. */
@Command(
    name = "check",
    description = {
      "Tells whether it is the key, the network, the clock or the answer, of each service whose"
          + " credentials are in the environment, and in what its answers differ from its page."
          + " Nothing is asked twice, nothing is changed there, and a login is sent once.",
      ""
    },
    mixinStandardHelpOptions = true,
    usageHelpWidth = 100)
final class CheckCommand implements Callable<Integer> {
  private final CommandContext surroundings;
  private final Prompt prompt;

  @Spec private CommandSpec spec;

  @Option(
      names = "--devices",
      paramLabel = "FILE",
      description =
          "CSV file with the columns carrier,kind,id and, for ThingSpace Hyper-Precise, account: the"
              + " first device of each carrier is asked about")
  private @Nullable Path devices;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description =
          "Where all of it goes for a bug report: no id, number or credential is in there, and no"
              + " host but the providers'")
  private @Nullable Path json;

  @Option(names = "--yes", description = "Do not ask before the requests are sent")
  private boolean yes;

  @SuppressWarnings("NullAway.Init") // picocli fills in the rest.
  CheckCommand(CommandContext surroundings, Prompt prompt) {
    this.surroundings = surroundings;
    this.prompt = prompt;
  }

  @Override
  public Integer call() {
    var check = ServiceCheck.of(surroundings.environment()).devices(listed());
    if (check.providers().isEmpty()) {
      throw misuse(
          "no credentials in the environment; set those of a service: "
              + String.join("; ", ServiceCheck.variables()));
    }
    var console = spec.commandLine().getOut();
    console.println(
        String.format(
            Locale.ROOT,
            "Up to %d requests go to %s; nothing is changed there.",
            check.requests(),
            String.join(", ", check.providers())));
    console.flush();
    if (!yes && !isAgreed()) {
      console.println("Nothing was sent.");
      console.flush();
      return spec.exitCodeOnInvalidInput();
    }
    var report = check.run(line -> print(console, line.toString()));
    if (json != null) {
      write(json, report);
    }
    print(console, sum(report));
    return report.isWell() ? 0 : 1;
  }

  private boolean isAgreed() {
    return prompt
        .ask("Go on? [y/N] ")
        .orElseThrow(() -> misuse("there is no terminal to ask at: add --yes to send them"))
        .strip()
        .toLowerCase(Locale.ROOT)
        .startsWith("y");
  }

  private Map<String, Device> listed() {
    if (devices == null) {
      return Map.of();
    }
    try {
      var carriers = surroundings.carriers().stream().<Carrier>map(UncheckedCarrier::new).toList();
      var file = DevicesFile.checked(devices, carriers);
      var first = new HashMap<String, Device>();
      for (var carrier : carriers) {
        first(file.of(carrier.provider()))
            .ifPresent(device -> first.put(carrier.provider(), device));
      }
      return first;
    } catch (IOException e) {
      throw misuse("cannot read " + devices + " (" + e.getClass().getSimpleName() + ")");
    } catch (IllegalArgumentException e) {
      throw misuse(devices + ", " + e.getMessage());
    }
  }

  /** Reads on to the end, which closes the file. */
  private static Optional<Device> first(Iterable<Device> all) {
    Device first = null;
    for (var device : all) {
      first = first == null ? device : first;
    }
    return Optional.ofNullable(first);
  }

  private static void write(Path file, CheckReport report) {
    try (var whole = AtomicFile.at(file)) {
      var bytes = ByteBuffer.wrap(report.json().getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        whole.channel().write(bytes);
      }
      whole.publish();
    } catch (IOException e) {
      throw new ReportWriteException(file, e);
    }
  }

  private String sum(CheckReport report) {
    var sent =
        report.requests()
            + (report.requests() == 1 ? " request was sent. " : " requests were sent. ");
    return sent
        + (report.isWell() ? "All is well." : "What is marked FAILED is to be repaired.")
        + (json == null ? "" : " For a bug report: " + json);
  }

  /** A service's own words are in there. */
  private static void print(PrintWriter console, String lines) {
    lines.lines().map(TextReport::plain).forEach(console::println);
    console.flush();
  }

  private ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
