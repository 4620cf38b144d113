package io.simtally.cli;

import io.simtally.core.DayRange;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.simulator.alef.AlefSimulator;
import io.simtally.simulator.carriers.Simulators;
import io.simtally.simulator.iotx.IotxSimulator;
import io.simtally.simulator.mason.MasonSimulator;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** The five simulators with a generated fleet, reached by their environment like providers. */
final class SimulatedFleet implements AutoCloseable {
  /** Hyper-Precise has other devices than M2M, so that no usage is counted by both. */
  private static final int EVERY_OTHER = 2;

  private final Simulators simulators;

  private SimulatedFleet(Simulators simulators) {
    this.simulators = simulators;
  }

  static SimulatedFleet start(int devices, DayRange days) {
    return new SimulatedFleet(simulators(devices, days, 1).start());
  }

  static Simulators.Builder simulators(int devices, DayRange days, long seed) {
    return Simulators.builder()
        .iotx(
            IotxSimulator.builder()
                .subscribers(devices)
                .days(days.from(), days.to())
                .seed(seed)
                .build())
        .mason(
            MasonSimulator.builder().sims(devices).days(days.from(), days.to()).seed(seed).build())
        .alef(
            AlefSimulator.builder()
                .subscribers(devices)
                .days(days.from(), days.to())
                .seed(seed)
                .build())
        .thingSpace(
            ThingSpaceSimulator.builder()
                .devices(EVERY_OTHER * devices)
                .days(days.from(), days.to())
                .seed(seed)
                .build());
  }

  Map<String, String> environment() {
    return simulators.environment();
  }

  ListedDevices devices() {
    return devices(simulators);
  }

  /** The devices of the providers that answer for one device at a time, made as they are read. */
  static ListedDevices devices(Simulators simulators) {
    var thingSpace = simulators.thingSpace();
    var subscribers = simulators.alef().subscribers();
    return provider ->
        switch (provider) {
          case "alef-connectivity" ->
              mapped(subscribers, 0, 1, each -> new Device("msisdn", each.msisdn()));
          case "thingspace-m2m" ->
              mapped(
                  thingSpace.devices(),
                  0,
                  EVERY_OTHER,
                  each -> new Device("imei", Objects.requireNonNull(each.idOf("imei"))));
          case "thingspace-hyperprecise" ->
              mapped(
                  thingSpace.devices(),
                  1,
                  EVERY_OTHER,
                  each ->
                      new Device(
                          "imei",
                          Objects.requireNonNull(each.idOf("imei")),
                          thingSpace.accountNumber()));
          default -> List.of();
        };
  }

  private static <T> List<Device> mapped(
      List<T> list, int first, int step, Function<T, Device> device) {
    return new AbstractList<>() {
      @Override
      public Device get(int index) {
        return device.apply(list.get(first + step * index));
      }

      @Override
      public int size() {
        return (list.size() - first + step - 1) / step;
      }
    };
  }

  @Override
  public void close() {
    simulators.close();
  }
}
