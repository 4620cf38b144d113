package io.simtally.cli;

import io.simtally.core.DayRange;
import io.simtally.core.RateLimit;
import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.fleet.source.SourceSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which devices of which carriers. */
final class FleetOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--devices",
      paramLabel = "FILE",
      description =
          "CSV file with the columns carrier,kind,id and, for ThingSpace Hyper-Precise, account:"
              + " the devices of the carriers that answer for one device at a time")
  private @Nullable Path devices;

  @Option(
      names = "--carrier",
      paramLabel = "NAME",
      description = "Only this carrier, such as mason-usage; may be given several times")
  private List<String> wanted = List.of();

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "Calls of a carrier at once (default: ${DEFAULT-VALUE})")
  private int concurrency = 64;

  @Option(
      names = "--requests-per-second",
      paramLabel = "N",
      description = "Requests to a carrier per second at most (default: no limit of ours)")
  private @Nullable Integer requestsPerSecond;

  @Option(
      names = "--simulated-devices",
      paramLabel = "N",
      description = "Devices of each carrier of the simulated fleet (default: ${DEFAULT-VALUE})")
  private int simulatedDevices = 500;

  /** For picocli, which fills it in. */
  @SuppressWarnings("NullAway.Init")
  FleetOptions() {}

  boolean hasDevices() {
    return devices != null;
  }

  /** Returns whether only some carriers are wanted. */
  boolean isNarrowed() {
    return !wanted.isEmpty();
  }

  /** The fleet of the environment, or a simulated one where there are no credentials. */
  OpenedFleet open(CommandContext surroundings, DayRange days, PrintWriter console) {
    if (concurrency < 1
        || simulatedDevices < 1
        || (requestsPerSecond != null && requestsPerSecond < 1)) {
      throw misuse("--concurrency, --requests-per-second and --simulated-devices are at least 1");
    }
    var settings =
        SourceSettings.DEFAULT
            .concurrency(concurrency)
            .rateLimit(requestsPerSecond == null ? null : RateLimit.perSecond(requestsPerSecond))
            .clock(surroundings.clock());
    if (!surroundings.isWithoutCredentials()) {
      var carriers = surroundings.carriers();
      var listed = listed(carriers);
      return OpenedFleet.of(wanted(carriers, listed), listed, settings, null);
    }
    announce(surroundings.carriers(), console);
    var simulated = SimulatedFleet.start(simulatedDevices, days);
    var carriers = surroundings.environment(simulated.environment()).carriers();
    return OpenedFleet.of(
        wanted(carriers, simulated.devices()), simulated.devices(), settings, simulated);
  }

  /** The devices that are listed in the file, all of them checked. */
  ListedDevices listed(List<Carrier> carriers) {
    if (devices == null) {
      return ListedDevices.NONE;
    }
    try {
      return DevicesFile.checked(devices, carriers);
    } catch (IOException e) {
      throw misuse("cannot read " + devices + " (" + e.getClass().getSimpleName() + ")");
    } catch (IllegalArgumentException e) {
      throw misuse(devices + ", " + e.getMessage());
    }
  }

  List<Carrier> wanted(List<Carrier> carriers, ListedDevices listed) {
    var known = carriers.stream().map(Carrier::provider).toList();
    for (var name : wanted) {
      if (!known.contains(name)) {
        throw misuse("unknown carrier '" + name + "', known are " + String.join(", ", known));
      }
    }
    return carriers.stream()
        .filter(
            carrier ->
                wanted.isEmpty() ? carrier.isWanted(listed) : wanted.contains(carrier.provider()))
        .toList();
  }

  private void announce(List<Carrier> carriers, PrintWriter console) {
    console.println("No credentials in the environment: this is a SIMULATED fleet.");
    console.println("For your own fleet set the variables of its carriers:");
    for (var carrier : carriers) {
      var start = "  " + carrier.name() + ": ";
      for (var alternative : carrier.variables()) {
        console.println(start + String.join(" ", alternative));
        start = "    or ";
      }
      if (carrier.deviceRequirement() != null) {
        console.println("    and a --devices file with " + carrier.deviceRequirement());
      }
    }
    if (devices != null) {
      console.println("The file " + devices + " is not used for a simulated fleet.");
    }
    console.println();
    console.flush();
  }

  private ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
