package io.simtally.cli;

import io.simtally.fleet.DevicesFile;
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
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code simtally check}: compares the answers of the live services with their pages. */
@Command(
    name = "check",
    description = {
      "Checks key, network, clock and answers of each service whose credentials are in the"
          + " environment, and lists how the answers differ from the page of the service. Each"
          + " request and each login is sent once. Nothing is changed at the service.",
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
  CheckCommand(CommandContext surroundings, Prompt prompt) {
    this.surroundings = surroundings;
    this.prompt = prompt;
  }

  @Override
  public Integer call() {
    var check = ServiceCheck.of(surroundings.environment()).devices(listed());
    if (check.providers().isEmpty()) {
      throw misuse(
          "no credentials in the environment; set those of a provider: "
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
        .ask("Send them? [y/N] ")
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
      var file = DevicesFile.read(devices, carriers);
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

  /** Prints lines that may quote a service, without control characters. */
  private static void print(PrintWriter console, String lines) {
    lines.lines().map(TextReport::plain).forEach(console::println);
    console.flush();
  }

  private ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
