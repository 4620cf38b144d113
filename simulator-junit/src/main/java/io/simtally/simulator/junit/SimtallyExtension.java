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
 * Provides the simulators and clients of a test's parameters, and closes them after the test.
 *
 * <p>Parameters can be:
 *
 * <ul>
 *   <li>a simulator: {@code IotxSimulator}, {@code MasonSimulator}, {@code AlefSimulator} or {@code
 *       ThingSpaceSimulator}, started; its {@code url()} and credentials are for code that builds
 *       its own client;
 *   <li>a client: {@code IotxAnalytics}, {@code MasonUsage}, {@code AlefConnectivity}, {@code
 *       ThingSpaceM2m} or {@code ThingSpaceHyperPrecise}, connected to the simulator of its
 *       provider;
 *   <li>{@code ThingSpaceCredentials}, shared by both ThingSpace clients, with one login;
 *   <li>{@code Simulators}: all four simulators on one port; its {@code environment()} is for code
 *       that reads its settings from the environment.
 * </ul>
 *
 * <p>The test method, its {@code @BeforeEach} and {@code @AfterEach} methods and the constructor
 * share one set of them; each test has its own set, so tests can run in parallel. Objects are
 * created on first use. Clients retry failed attempts by their default policy, but with delays of 1
 * ms instead of 200 ms and more.
 *
 * <p>A test fails if no request took a step that it scripted with {@code next}: the code under test
 * then sent fewer requests than the test expects. {@code clear()} removes such steps; {@link
 * Builder#ignoreUnmetSteps()} disables the check.
 *
 * <p>{@code @ExtendWith(SimtallyExtension.class)} registers the extension with its defaults, {@link
 * SimulatedFleet} sets the size of the fleets, and a field has all other settings:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final SimtallyExtension SIMTALLY =
 *     SimtallyExtension.builder().thingSpace(simulator -> simulator.pageSize(2)).build();
 * }</pre>
 *
 * <p>The extension supports JUnit 5.13 and later, and 6. Immutable and thread-safe.
 */
public final class SimtallyExtension implements ParameterResolver, AfterEachCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(SimtallyExtension.class);

  private final Settings settings;

  /** Creates an extension with the defaults, for {@code @ExtendWith}. */
  public SimtallyExtension() {
    this(new Builder());
  }

  private SimtallyExtension(Builder builder) {
    settings = builder.settings();
  }

  /**
   * Returns a builder of an extension for a field with {@code @RegisterExtension}.
   *
   * @return a builder with the defaults of {@code @ExtendWith}
   */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return the scope of the test method, so that the constructor has the same parameters} */
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
   * {@return the test's own object, created on first use}
   *
   * @throws ParameterResolutionException outside of a test, for example in {@code @BeforeAll}
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
      // The store closes it after the test, also after a failure.
      store.put(TestFixture.class, fixture);
    }
    return fixture;
  }

  /**
   * Checks the script of a test that has passed so far.
   *
   * @throws AssertionError if no request took one of its steps
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

  /** Builds an extension. Not thread-safe. Each setter returns this builder. */
  public static final class Builder {
    private FleetSize fleet = FleetSize.BY_DEFAULT;
    private final Map<SimulatorKind<?, ?>, Consumer<SimulatorBuilder<?, ?>>> simulators =
        new HashMap<>();
    private Consumer<ClientBuilder<?>> clients = client -> {};
    private boolean ignoresUnmetSteps;

    private Builder() {}

    /**
     * Sets the number of devices, SIMs or subscribers that each simulator generates.
     *
     * @param count 0 to 1,000,000; 10 by default
     */
    public Builder size(int count) {
      fleet = fleet.size(count);
      return this;
    }

    /**
     * Sets the seed of the generated fleets.
     *
     * @param number from 0 on; 1 by default
     * @throws IllegalArgumentException if it is negative
     */
    public Builder seed(long number) {
      fleet = fleet.seed(number);
      return this;
    }

    /**
     * Sets up the simulated IoT-X of each test, before {@link #size} and {@link #seed}.
     *
     * @param setup receives the builder of each simulated IoT-X; replaces an earlier setup
     */
    public Builder iotx(Consumer<IotxSimulator.Builder> setup) {
      return simulator(Providers.IOTX, setup);
    }

    /**
     * Sets up the simulated Mason of each test, before {@link #size} and {@link #seed}.
     *
     * @param setup receives the builder of each simulated Mason; replaces an earlier setup
     */
    public Builder mason(Consumer<MasonSimulator.Builder> setup) {
      return simulator(Providers.MASON, setup);
    }

    /**
     * Sets up the simulated Alef of each test, before {@link #size} and {@link #seed}.
     *
     * @param setup receives the builder of each simulated Alef; replaces an earlier setup
     */
    public Builder alef(Consumer<AlefSimulator.Builder> setup) {
      return simulator(Providers.ALEF, setup);
    }

    /**
     * Sets up the simulated ThingSpace of each test, before {@link #size} and {@link #seed}.
     *
     * @param setup receives the builder of each simulated ThingSpace; replaces an earlier setup
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
     * Sets up all clients, for example with {@code client ->
     * client.retryPolicy(RetryPolicy.none())}, after their base URL, their credentials and a {@link
     * RetryPolicy} with short delays are set.
     *
     * @param setup receives the builder of each client of each provider; replaces an earlier setup
     */
    public Builder clients(Consumer<ClientBuilder<?>> setup) {
      clients = Objects.requireNonNull(setup, "setup");
      return this;
    }

    /** Disables the check for scripted steps that no request took. */
    public Builder ignoreUnmetSteps() {
      ignoresUnmetSteps = true;
      return this;
    }

    /** {@return an extension with the current settings} */
    public SimtallyExtension build() {
      return new SimtallyExtension(this);
    }

    private Settings settings() {
      return new Settings(fleet, simulators, clients, ignoresUnmetSteps);
    }
  }
}
