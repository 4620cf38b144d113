package io.simtally.cli;

import io.simtally.core.DayRange;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.simulator.MappedList;
import io.simtally.simulator.carriers.Simulators;
import java.util.Map;

/** The simulators with generated fleets, reached by their environment like providers. */
final class SimulatedFleet implements AutoCloseable {
  private final Simulators simulators;

  private SimulatedFleet(Simulators simulators) {
    this.simulators = simulators;
  }

  static SimulatedFleet start(int devices, DayRange days) {
    return new SimulatedFleet(simulators(devices, days, 1).start());
  }

  static Simulators.Builder simulators(int devices, DayRange days, long seed) {
    return Simulators.builder().fleets(devices, days.from(), days.to(), seed);
  }

  Map<String, String> environment() {
    return simulators.environment();
  }

  ListedDevices devices() {
    return devices(simulators);
  }

  /** The devices of the providers that answer for one device at a time, made as they are read. */
  static ListedDevices devices(Simulators simulators) {
    return provider ->
        MappedList.of(
            simulators.listedDevices(provider),
            each -> new Device(each.kind(), each.id(), each.accountNumber()));
  }

  @Override
  public void close() {
    simulators.close();
  }
}
