package io.simtally.simulator.junit;

import io.simtally.simulator.alef.AlefSimulator;
import io.simtally.simulator.carriers.Simulators;
import io.simtally.simulator.iotx.IotxSimulator;
import io.simtally.simulator.mason.MasonSimulator;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The providers, in the one list of this module: what a test may ask for.
 *
 * <p>Parameters are known by the names of their types: no client's class is loaded before a test
 * asks for it, so that a test of one provider runs without the jars of the others.
 */
final class Providers {
  static final SimulatorKind<IotxSimulator, IotxSimulator.Builder> IOTX =
      new SimulatorKind<>(
          IotxSimulator.class,
          IotxSimulator.Builder.class,
          IotxSimulator::builder,
          IotxSimulator.Builder::subscribers);
  static final SimulatorKind<MasonSimulator, MasonSimulator.Builder> MASON =
      new SimulatorKind<>(
          MasonSimulator.class,
          MasonSimulator.Builder.class,
          MasonSimulator::builder,
          MasonSimulator.Builder::sims);
  static final SimulatorKind<AlefSimulator, AlefSimulator.Builder> ALEF =
      new SimulatorKind<>(
          AlefSimulator.class,
          AlefSimulator.Builder.class,
          AlefSimulator::builder,
          AlefSimulator.Builder::subscribers);
  static final SimulatorKind<ThingSpaceSimulator, ThingSpaceSimulator.Builder> THING_SPACE =
      new SimulatorKind<>(
          ThingSpaceSimulator.class,
          ThingSpaceSimulator.Builder.class,
          ThingSpaceSimulator::builder,
          ThingSpaceSimulator.Builder::devices);

  // Lambdas for the clients, since a method reference would load their classes here and now.
  private static final Map<String, Function<TestFixture, Object>> PARAMETERS =
      Map.ofEntries(
          simulator(IOTX),
          simulator(MASON),
          simulator(ALEF),
          simulator(THING_SPACE),
          Map.entry("io.simtally.simulator.carriers.Simulators", TestFixture::simulators),
          Map.entry(
              "io.simtally.core.auth.ThingSpaceCredentials", TestFixture::thingSpaceCredentials),
          Map.entry("io.simtally.iotx.IotxAnalytics", test -> IotxWiring.client(test)),
          Map.entry("io.simtally.mason.MasonUsage", test -> MasonWiring.client(test)),
          Map.entry("io.simtally.alef.AlefConnectivity", test -> AlefWiring.client(test)),
          Map.entry("io.simtally.thingspace.m2m.ThingSpaceM2m", test -> M2mWiring.client(test)),
          Map.entry(
              "io.simtally.thingspace.hyperprecise.ThingSpaceHyperPrecise",
              test -> HyperPreciseWiring.client(test)));

  private Providers() {}

  private static Map.Entry<String, Function<TestFixture, Object>> simulator(
      SimulatorKind<?, ?> kind) {
    return Map.entry(kind.type().getName(), test -> test.simulator(kind));
  }

  /** Whether a test may have a parameter of this type. */
  static boolean offer(Class<?> type) {
    return PARAMETERS.containsKey(type.getName());
  }

  /** A parameter of a test, the same at every call. */
  static Object parameter(Class<?> type, TestFixture test) {
    return Objects.requireNonNull(PARAMETERS.get(type.getName()), type.getName()).apply(test);
  }

  /** All simulators of a test, to be started on one port. */
  static Simulators.Builder all(TestFixture test) {
    return Simulators.builder()
        .iotx(test.simulator(IOTX))
        .mason(test.simulator(MASON))
        .alef(test.simulator(ALEF))
        .thingSpace(test.simulator(THING_SPACE));
  }
}
