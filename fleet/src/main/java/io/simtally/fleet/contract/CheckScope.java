package io.simtally.fleet.contract;

import io.simtally.fleet.source.Device;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a service is asked about.
 *
 * @param environment the settings, with credentials
 * @param day a whole UTC day that has figures
 * @param listed the device that calls for one device use, or null
 */
public record CheckScope(Map<String, String> environment, LocalDate day, @Nullable Device listed) {

  /** Returns the scope without its environment, which holds credentials. */
  @Override
  public String toString() {
    return "CheckScope[" + day + "]";
  }

  /** Returns the start of the day. */
  public OffsetDateTime midnight() {
    return day.atStartOfDay().atOffset(ZoneOffset.UTC);
  }

  /** Returns the device if it has one of the kinds; no kind accepts all. */
  public Optional<Device> device(String... kinds) {
    return Optional.ofNullable(listed)
        .filter(
            device ->
                kinds.length == 0
                    || List.of(kinds).stream().anyMatch(device.kind()::equalsIgnoreCase));
  }

  /** Returns the value of a variable, empty if it is not set. */
  public String variable(String name) {
    return environment.getOrDefault(name, "");
  }
}
