package io.simtally.simulator.carriers;

import io.simtally.simulator.ListedDevice;
import io.simtally.simulator.Simulator;
import io.simtally.simulator.SimulatorServer;
import io.simtally.simulator.alef.AlefSimulator;
import io.simtally.simulator.internal.AnswerBody;
import io.simtally.simulator.internal.Preconditions;
import io.simtally.simulator.iotx.IotxSimulator;
import io.simtally.simulator.mason.MasonSimulator;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/**
 * All simulators on one port of the loopback interface, until closed.
 *
 * <p>{@link #environment()} configures a program that reads its settings from the environment:
 *
 * <pre>{@code
 * try (Simulators simulators = Simulators.start()) {
 *   ProcessBuilder report = new ProcessBuilder("fleet-report", "--devices", "devices.csv");
 *   report.environment().putAll(simulators.environment());
 *   report.start().waitFor();
 * }
 * }</pre>
 */
public final class Simulators implements AutoCloseable {
  private final IotxSimulator iotx;
  private final MasonSimulator mason;
  private final AlefSimulator alef;
  private final ThingSpaceSimulator thingSpace;
  private final List<Simulator<?>> all;
  private final SimulatorServer server;

  private Simulators(Builder builder, int port) {
    iotx = builder.iotx;
    mason = builder.mason;
    alef = builder.alef;
    thingSpace = builder.thingSpace;
    all = List.of(iotx, mason, alef, thingSpace);
    server = SimulatorServer.start(new Front(all), "", port);
  }

  /**
   * Starts all simulators with their defaults on a free port of 127.0.0.1.
   *
   * @return the running simulators; the caller closes them
   */
  public static Simulators start() {
    return builder().start();
  }

  /**
   * Returns a builder with four simulators, each with its defaults.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts all simulators, prints the environment of their clients as shell commands with a comment
   * at the end, and runs until its input ends.
   *
   * @param args not read
   * @throws IOException if the input cannot be read
   */
  public static void main(String... args) throws IOException {
    try (Simulators simulators = start()) {
      simulators
          .environment()
          .forEach((name, value) -> System.out.println("export " + name + "=" + quoted(value)));
      System.out.println("# until the input ends");
      System.out.flush();
      while (System.in.read() >= 0) {
        // Reads until the end of the input.
      }
    }
  }

  private static String quoted(String value) {
    return value.matches("[A-Za-z0-9_./:-]+") ? value : "'" + value.replace("'", "'\\''") + "'";
  }

  /**
   * {@return the environment variables of clients of these simulators, values by name;
   * unmodifiable}
   */
  public Map<String, String> environment() {
    Map<String, String> variables = new TreeMap<>();
    all.forEach(simulator -> variables.putAll(simulator.environmentBehind(server.url())));
    return Collections.unmodifiableMap(variables);
  }

  /** {@return the simulated IoT-X} */
  public IotxSimulator iotx() {
    return iotx;
  }

  /** {@return the simulated Mason} */
  public MasonSimulator mason() {
    return mason;
  }

  /** {@return the simulated Alef} */
  public AlefSimulator alef() {
    return alef;
  }

  /** {@return the simulated ThingSpace, for M2M as well as Hyper-Precise} */
  public ThingSpaceSimulator thingSpace() {
    return thingSpace;
  }

  /**
   * Returns the devices that users of a service must list.
   *
   * @param provider the service, as in usage records
   * @return the devices, created on access; none if the service lists its devices itself
   */
  public List<ListedDevice> listedDevices(String provider) {
    return all.stream()
        .map(simulator -> simulator.listedDevices(provider))
        .filter(devices -> !devices.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /** {@return the simulators, in the order in which their paths are compared} */
  List<Simulator<?>> all() {
    return all;
  }

  /** Stops listening and closes all connections. */
  @Override
  public void close() {
    server.close();
  }

  /** Forwards each request to the simulator of its path. */
  private static final class Front extends Dispatcher {
    private final List<Simulator<?>> simulators;

    Front(List<Simulator<?>> simulators) {
      this.simulators = simulators;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      String path = request.getUrl().encodedPath();
      for (Simulator<?> simulator : simulators) {
        if (simulator.serves(path)) {
          return simulator.dispatch(request);
        }
      }
      return AnswerBody.to(
          request,
          AnswerBody.response(404, "text/plain; charset=utf-8", "No simulator serves " + path));
    }
  }

  /** Builds simulators. Not thread-safe. Each setter returns this builder. */
  public static final class Builder {
    private IotxSimulator iotx = IotxSimulator.builder().build();
    private MasonSimulator mason = MasonSimulator.builder().build();
    private AlefSimulator alef = AlefSimulator.builder().build();
    private ThingSpaceSimulator thingSpace = ThingSpaceSimulator.builder().build();

    private Builder() {}

    /** Sets the simulator of IoT-X, which needs no server of its own. */
    public Builder iotx(IotxSimulator simulator) {
      iotx = Objects.requireNonNull(simulator, "simulator");
      return this;
    }

    /** Sets the simulator of Mason, which needs no server of its own. */
    public Builder mason(MasonSimulator simulator) {
      mason = Objects.requireNonNull(simulator, "simulator");
      return this;
    }

    /** Sets the simulator of Alef, which needs no server of its own. */
    public Builder alef(AlefSimulator simulator) {
      alef = Objects.requireNonNull(simulator, "simulator");
      return this;
    }

    /** Sets the simulator of ThingSpace, which needs no server of its own. */
    public Builder thingSpace(ThingSpaceSimulator simulator) {
      thingSpace = Objects.requireNonNull(simulator, "simulator");
      return this;
    }

    /**
     * Sets all simulators to generated fleets of the same size, days and seed.
     *
     * @param devices the devices of each service; ThingSpace has two services
     * @param first the first day with usage
     * @param last the last day with usage, not before the first
     * @param seed the same seed generates the same fleet
     */
    public Builder fleets(int devices, LocalDate first, LocalDate last, long seed) {
      return iotx(IotxSimulator.builder().subscribers(devices).days(first, last).seed(seed).build())
          .mason(MasonSimulator.builder().sims(devices).days(first, last).seed(seed).build())
          .alef(AlefSimulator.builder().subscribers(devices).days(first, last).seed(seed).build())
          .thingSpace(
              ThingSpaceSimulator.builder()
                  .devices(2 * devices)
                  .days(first, last)
                  .seed(seed)
                  .build());
    }

    /**
     * Starts them on a free port of 127.0.0.1.
     *
     * @return the running simulators; the caller closes them
     */
    public Simulators start() {
      return start(0);
    }

    /**
     * Starts them on a port of 127.0.0.1.
     *
     * @param port 0 to 65535; 0 for a free one
     * @return the running simulators; the caller closes them
     * @throws IllegalArgumentException if the port is out of this range
     */
    public Simulators start(int port) {
      return new Simulators(this, Preconditions.within("port", port, 0, 65_535));
    }
  }
}
