package io.simtally.cli;

import io.simtally.core.DayRange;
import io.simtally.core.RateLimit;
import io.simtally.fleet.DevicesFile;
import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.fleet.source.SourceSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that select providers and devices. */
final class FleetOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

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
      description = "Concurrent calls per provider (default: ${DEFAULT-VALUE})")
  private int concurrency = 64;

  @Option(
      names = "--requests-per-second",
      paramLabel = "N",
      description = "Maximum of requests per second and provider (default: no limit)")
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

  boolean hasDevices() {
    return devices != null;
  }

  /** Returns whether only some carriers are wanted. */
  boolean isNarrowed() {
    return !wanted.isEmpty();
  }

  boolean isSimulated() {
    return simulatedDevices != null;
  }

  /**
   * Opens the carriers of the environment, or simulated ones if the user asks for them.
   *
   * @throws ParameterException if neither is there
   */
  OpenedFleet open(CommandContext surroundings, DayRange days) {
    if (concurrency < 1
        || (simulatedDevices != null && simulatedDevices < 1)
        || (requestsPerSecond != null && requestsPerSecond < 1)) {
      throw misuse("--concurrency, --requests-per-second and --simulate are at least 1");
    }
    var settings =
        SourceSettings.DEFAULT
            .concurrency(concurrency)
            .rateLimit(requestsPerSecond == null ? null : RateLimit.perSecond(requestsPerSecond))
            .clock(surroundings.clock());
    if (simulatedDevices != null) {
      return simulated(surroundings, days, settings, simulatedDevices);
    }
    if (surroundings.isWithoutCredentials()) {
      throw misuse(surroundings.missingCredentials() + "; or --simulate for simulated carriers");
    }
    var carriers = surroundings.carriers();
    var listed = listed(carriers);
    return OpenedFleet.of(wanted(carriers, listed), listed, settings, null);
  }

  private OpenedFleet simulated(
      CommandContext surroundings, DayRange days, SourceSettings settings, int count) {
    if (devices != null) {
      throw misuse("--simulate and --devices exclude each other");
    }
    wanted(surroundings.carriers(), ListedDevices.NONE);
    var console = spec.commandLine().getErr();
    console.println(
        String.format(
            Locale.ROOT, "Simulated carriers with %,d devices each: no real figures.", count));
    console.flush();
    var simulated = SimulatedFleet.start(count, days);
    var carriers = surroundings.environment(simulated.environment()).carriers();
    return OpenedFleet.of(
        wanted(carriers, simulated.devices()), simulated.devices(), settings, simulated);
  }

  /** The devices of the file, checked. */
  ListedDevices listed(List<Carrier> carriers) {
    if (devices == null) {
      return ListedDevices.NONE;
    }
    try {
      return DevicesFile.read(devices, carriers);
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
    var known = carriers.stream().map(Carrier::provider).toList();
    for (var id : wanted) {
      if (!known.contains(id)) {
        throw misuse("unknown provider '" + id + "', known are " + String.join(", ", known));
      }
    }
    return carriers.stream()
        .filter(
            carrier ->
                wanted.isEmpty() ? carrier.isWanted(listed) : wanted.contains(carrier.provider()))
        .toList();
  }

  private ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
