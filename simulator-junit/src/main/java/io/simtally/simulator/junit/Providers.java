package io.simtally.simulator.junit;

import io.simtally.alef.AlefConnectivity;
import io.simtally.iotx.IotxAnalytics;
import io.simtally.mason.MasonUsage;
import io.simtally.simulator.alef.AlefSimulator;
import io.simtally.simulator.carriers.Simulators;
import io.simtally.simulator.iotx.IotxSimulator;
import io.simtally.simulator.mason.MasonSimulator;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import io.simtally.thingspace.hyperprecise.ThingSpaceHyperPrecise;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The types of parameters that a test can have, of all providers.
 *
 * <p>The types are compared by name. A client's class is loaded when a test has a parameter of it,
 * so a test of one provider runs without the jars of the others.
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

  // Lambdas for the clients: a method reference would load their classes at once.
  private static final Map<String, Function<TestFixture, Object>> PARAMETERS =
      Map.ofEntries(
          simulator(IOTX),
          simulator(MASON),
          simulator(ALEF),
          simulator(THING_SPACE),
          Map.entry("io.simtally.simulator.carriers.Simulators", TestFixture::simulators),
          Map.entry(
              "io.simtally.core.auth.ThingSpaceCredentials", TestFixture::thingSpaceCredentials),
          Map.entry("io.simtally.iotx.IotxAnalytics", test -> Iotx.client(test)),
          Map.entry("io.simtally.mason.MasonUsage", test -> Mason.client(test)),
          Map.entry("io.simtally.alef.AlefConnectivity", test -> Alef.client(test)),
          Map.entry("io.simtally.thingspace.m2m.ThingSpaceM2m", test -> M2m.client(test)),
          Map.entry(
              "io.simtally.thingspace.hyperprecise.ThingSpaceHyperPrecise",
              test -> HyperPrecise.client(test)));

  private Providers() {}

  private static Map.Entry<String, Function<TestFixture, Object>> simulator(
      SimulatorKind<?, ?> kind) {
    return Map.entry(kind.type().getName(), test -> test.simulator(kind));
  }

  /** Returns whether a test can have a parameter of this type. */
  static boolean offer(Class<?> type) {
    return PARAMETERS.containsKey(type.getName());
  }

  /** Returns a parameter of a test, the same at each call. */
  static Object parameter(Class<?> type, TestFixture test) {
    return Objects.requireNonNull(PARAMETERS.get(type.getName()), type.getName()).apply(test);
  }

  /** Returns a builder with all simulators of a test. */
  static Simulators.Builder all(TestFixture test) {
    return Simulators.builder()
        .iotx(test.simulator(IOTX))
        .mason(test.simulator(MASON))
        .alef(test.simulator(ALEF))
        .thingSpace(test.simulator(THING_SPACE));
  }

  // Each client has its own class, which is loaded when a test has a parameter of it.

  private static final class Iotx {
    static Object client(TestFixture test) {
      return test.client(
          IotxAnalytics.class,
          () ->
              test.wired(IotxAnalytics.builder(), test.simulator(IOTX))
                  .tokenSource(test.simulator(IOTX)::issueToken)
                  .build(),
          IotxAnalytics::close);
    }
  }

  private static final class Mason {
    static Object client(TestFixture test) {
      return test.client(
          MasonUsage.class,
          () ->
              test.wired(MasonUsage.builder(), test.simulator(MASON))
                  .apiKey(test.simulator(MASON).apiKey())
                  .fleet(test.simulator(MASON).fleet())
                  .build(),
          MasonUsage::close);
    }
  }

  private static final class Alef {
    static Object client(TestFixture test) {
      return test.client(
          AlefConnectivity.class,
          () ->
              test.wired(AlefConnectivity.builder(), test.simulator(ALEF))
                  .apiKey(test.simulator(ALEF).apiKey())
                  .build(),
          AlefConnectivity::close);
    }
  }

  private static final class M2m {
    static Object client(TestFixture test) {
      return test.client(
          ThingSpaceM2m.class,
          () ->
              test.wired(ThingSpaceM2m.builder(), test.simulator(THING_SPACE))
                  .credentials(test.thingSpaceCredentials())
                  .build(),
          ThingSpaceM2m::close);
    }
  }

  private static final class HyperPrecise {
    static Object client(TestFixture test) {
      return test.client(
          ThingSpaceHyperPrecise.class,
          () ->
              test.wired(ThingSpaceHyperPrecise.builder(), test.simulator(THING_SPACE))
                  .credentials(test.thingSpaceCredentials())
                  .build(),
          ThingSpaceHyperPrecise::close);
    }
  }
}
