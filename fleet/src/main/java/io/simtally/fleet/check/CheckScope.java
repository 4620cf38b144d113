package io.simtally.fleet.check;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What services are asked about.
 *
 * @param environment the settings
 * @param day a whole day of UTC that figures should be there of
 * @param devices the devices that may be asked about
 */
record CheckScope(Map<String, String> environment, LocalDate day, List<CheckedDevice> devices) {

  /** Leaves out the environment, which holds credentials. */
  @Override
  public String toString() {
    return "Asked[" + day + "]";
  }

  OffsetDateTime midnight() {
    return day.atStartOfDay().atOffset(ZoneOffset.UTC);
  }

  Optional<CheckedDevice> device(String provider, String... kinds) {
    return devices.stream()
        .filter(device -> device.provider().equals(provider))
        .filter(
            device ->
                kinds.length == 0
                    || List.of(kinds).stream().anyMatch(device.kind()::equalsIgnoreCase))
        .findFirst();
  }

  String variable(String name) {
    return environment.getOrDefault(name, "");
  }
}
