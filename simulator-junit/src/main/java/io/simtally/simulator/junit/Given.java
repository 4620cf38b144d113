package io.simtally.simulator.junit;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The types of parameters, by name: no client's class is loaded before a test asks for it, so that
 * a test of one provider runs without the jars of the others.
 */
final class Given {
  // Lambdas for the clients, since a method reference would load their classes here and now.
  private static final Map<String, Function<Bench, Object>> MAKERS =
      Map.ofEntries(
          Map.entry("io.simtally.simulator.iotx.IotxSimulator", Bench::iotx),
          Map.entry("io.simtally.simulator.mason.MasonSimulator", Bench::mason),
          Map.entry("io.simtally.simulator.alef.AlefSimulator", Bench::alef),
          Map.entry("io.simtally.simulator.thingspace.ThingSpaceSimulator", Bench::thingSpace),
          Map.entry("io.simtally.simulator.carriers.Simulators", Bench::simulators),
          Map.entry("io.simtally.core.auth.ThingSpaceCredentials", Bench::thingSpaceCredentials),
          Map.entry("io.simtally.iotx.IotxAnalytics", bench -> IotxWiring.client(bench)),
          Map.entry("io.simtally.mason.MasonUsage", bench -> MasonWiring.client(bench)),
          Map.entry("io.simtally.alef.AlefConnectivity", bench -> AlefWiring.client(bench)),
          Map.entry("io.simtally.thingspace.m2m.ThingSpaceM2m", bench -> M2mWiring.client(bench)),
          Map.entry(
              "io.simtally.thingspace.hyperprecise.ThingSpaceHyperPrecise",
              bench -> HyperPreciseWiring.client(bench)));

  private Given() {}

  static boolean knows(Class<?> type) {
    return MAKERS.containsKey(type.getName());
  }

  static Object from(Bench bench, Class<?> type) {
    return Objects.requireNonNull(MAKERS.get(type.getName()), type.getName()).apply(bench);
  }
}
