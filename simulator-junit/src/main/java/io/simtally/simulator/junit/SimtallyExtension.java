package io.simtally.simulator.junit;

import io.simtally.core.ClientBuilder;
import io.simtally.core.RetryPolicy;
import io.simtally.simulator.Simulator;
import io.simtally.simulator.SimulatorBuilder;
import io.simtally.simulator.alef.AlefSimulator;
import io.simtally.simulator.iotx.IotxSimulator;
import io.simtally.simulator.mason.MasonSimulator;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test the simulators and clients that its parameters ask for, and closes them after it.
 *
 * <p>Parameters may be:
 *
 * <ul>
 *   <li>a simulator: {@code IotxSimulator}, {@code MasonSimulator}, {@code AlefSimulator} or {@code
 *       ThingSpaceSimulator}, started; its {@code url()} and credentials are for code that builds
 *       its own client;
 *   <li>a client: {@code IotxAnalytics}, {@code MasonUsage}, {@code AlefConnectivity}, {@code
 *       ThingSpaceM2m} or {@code ThingSpaceHyperPrecise}, wired to the simulator of its provider;
 *   <li>{@code ThingSpaceCredentials}: those of both ThingSpace clients, which share one login;
 *   <li>{@code Simulators}: all four simulators on one port, whose {@code environment()} is for
 *       code that reads its settings from there.
 * </ul>
 *
 * <p>The test method, its {@code @BeforeEach} and {@code @AfterEach} methods and the constructor
 * share one set of them, other tests have their own: tests may run in parallel. What nobody asks
 * for is not made. Clients repeat failed attempts as by default, but wait 1 ms instead of 200 ms
 * and more.
 *
 * <p>A test fails if steps that it scripted with {@code next} were met by no request: the code
 * under test then asked less often than the test means to show. {@code clear()} forgets them;
 * {@link Builder#ignoreUnmetSteps()} turns this off.
 *
 * <p>{@code @ExtendWith(SimtallyExtension.class)} registers it with its defaults, {@link
 * SimulatedFleet} tells the size of the fleets, and a field has any other setting:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final SimtallyExtension SIMTALLY =
 *     SimtallyExtension.builder().thingSpace(simulator -> simulator.pageSize(2)).build();
 * }</pre>
 *
 * <p>Works with JUnit 5.13 and later, and 6. Immutable and thread-safe.
 */
public final class SimtallyExtension implements ParameterResolver, AfterEachCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(SimtallyExtension.class);

  private final Settings settings;

  /** For {@code @ExtendWith}: the defaults. */
  public SimtallyExtension() {
    this(new Builder());
  }

  private SimtallyExtension(Builder builder) {
    settings = builder.settings();
  }

  /**
   * Begins an extension for a field with {@code @RegisterExtension}.
   *
   * @return a builder with the defaults of {@code @ExtendWith}
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * {@return that of the test method, so that the constructor of its class gets its own as well}
   */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  /** {@return whether the type is a simulator, a client, or credentials of one} */
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return Providers.offer(type(parameter));
  }

  /**
   * {@return the test's own, started when it is first asked for}
   *
   * @throws ParameterResolutionException if there is no test yet, as in {@code @BeforeAll}
   */
  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    if (context.getTestMethod().isEmpty()) {
      throw new ParameterResolutionException(
          "SimtallyExtension gives each test a "
              + type(parameter).getSimpleName()
              + " of its own, so there is none for "
              + parameter.getDeclaringExecutable().toGenericString()
              + ": ask for it in @BeforeEach, in the test method, or in the constructor of a class"
              + " with an instance for each test");
    }
    return Providers.parameter(type(parameter), fixture(context));
  }

  private static Class<?> type(ParameterContext parameter) {
    return parameter.getParameter().getType();
  }

  private TestFixture fixture(ExtensionContext context) {
    ExtensionContext.Store store = context.getStore(NAMESPACE);
    TestFixture fixture = store.get(TestFixture.class, TestFixture.class);
    if (fixture == null) {
      fixture = new TestFixture(settings.with(FleetSize.of(context)));
      // The store closes it after the test, however that ends.
      store.put(TestFixture.class, fixture);
    }
    return fixture;
  }

  /**
   * Fails a test that has passed so far, if steps that it scripted were never met.
   *
   * @throws AssertionError if so
   */
  @Override
  public void afterEach(ExtensionContext context) {
    TestFixture fixture = context.getStore(NAMESPACE).get(TestFixture.class, TestFixture.class);
    if (fixture == null
        || settings.ignoresUnmetSteps()
        || context.getExecutionException().isPresent()) {
      return;
    }
    List<String> unmet = fixture.unmet();
    if (!unmet.isEmpty()) {
      throw new AssertionError(
          "scripted, but no request met them: "
              + String.join("; ", unmet)
              + ". If that is meant, clear() the simulator's script or build the extension with"
              + " ignoreUnmetSteps()");
    }
  }

  /** Settings of an extension to be. Not thread-safe. */
  public static final class Builder {
    private FleetSize fleet = FleetSize.BY_DEFAULT;
    private final Map<SimulatorKind<?, ?>, Consumer<SimulatorBuilder<?, ?>>> simulators =
        new HashMap<>();
    private Consumer<ClientBuilder<?>> clients = client -> {};
    private boolean ignoresUnmetSteps;

    private Builder() {}

    /**
     * How many devices, SIMs or subscribers each simulator makes up.
     *
     * @param count 0 to 1,000,000; 10 by default
     * @return this builder
     */
    public Builder size(int count) {
      fleet = fleet.size(count);
      return this;
    }

    /**
     * What those made up depend on: with the same seed they are the same.
     *
     * @param number from 0 on; 1 by default
     * @return this builder
     * @throws IllegalArgumentException if it is negative
     */
    public Builder seed(long number) {
      fleet = fleet.seed(number);
      return this;
    }

    /**
     * Sets up the simulated IoT-X of each test, before {@link #size} and {@link #seed}.
     *
     * @param setup given the builder of each simulated IoT-X; replaces an earlier setup
     * @return this builder
     */
    public Builder iotx(Consumer<IotxSimulator.Builder> setup) {
      return simulator(Providers.IOTX, setup);
    }

    /**
     * Sets up the simulated Mason of each test, before {@link #size} and {@link #seed}.
     *
     * @param setup given the builder of each simulated Mason; replaces an earlier setup
     * @return this builder
     */
    public Builder mason(Consumer<MasonSimulator.Builder> setup) {
      return simulator(Providers.MASON, setup);
    }

    /**
     * Sets up the simulated Alef of each test, before {@link #size} and {@link #seed}.
     *
     * @param setup given the builder of each simulated Alef; replaces an earlier setup
     * @return this builder
     */
    public Builder alef(Consumer<AlefSimulator.Builder> setup) {
      return simulator(Providers.ALEF, setup);
    }

    /**
     * Sets up the simulated ThingSpace of each test, before {@link #size} and {@link #seed}.
     *
     * @param setup given the builder of each simulated ThingSpace; replaces an earlier setup
     * @return this builder
     */
    public Builder thingSpace(Consumer<ThingSpaceSimulator.Builder> setup) {
      return simulator(Providers.THING_SPACE, setup);
    }

    private <S extends Simulator<S>, B extends SimulatorBuilder<S, B>> Builder simulator(
        SimulatorKind<S, B> kind, Consumer<B> setup) {
      Objects.requireNonNull(setup, "setup");
      simulators.put(kind, builder -> setup.accept(kind.builderType().cast(builder)));
      return this;
    }

    /**
     * Sets up all clients that are injected, for example with {@code client ->
     * client.retryPolicy(RetryPolicy.none())}. They have their address, credentials and a {@link
     * RetryPolicy} of short waits by then.
     *
     * @param setup given the builder of each client, of whichever provider; replaces an earlier
     *     setup
     * @return this builder
     */
    public Builder clients(Consumer<ClientBuilder<?>> setup) {
      clients = Objects.requireNonNull(setup, "setup");
      return this;
    }

    /**
     * Lets tests pass whose scripted steps were not all met.
     *
     * @return this builder
     */
    public Builder ignoreUnmetSteps() {
      ignoresUnmetSteps = true;
      return this;
    }

    /** {@return an extension with the settings made so far} */
    public SimtallyExtension build() {
      return new SimtallyExtension(this);
    }

    private Settings settings() {
      return new Settings(fleet, simulators, clients, ignoresUnmetSteps);
    }
  }
}
