package io.simtally.simulator.carriers;

import io.simtally.simulator.Simulator;
import io.simtally.simulator.SimulatorServer;
import io.simtally.simulator.alef.AlefSimulator;
import io.simtally.simulator.internal.AnswerBody;
import io.simtally.simulator.iotx.IotxSimulator;
import io.simtally.simulator.mason.MasonSimulator;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/**
 * All simulators behind one port of this machine's loopback interface, until closed.
 *
 * <p>{@link #environment()} is what a program needs that reads its settings from the environment:
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
   * @return the running simulators, to be closed when they are no longer needed
   */
  public static Simulators start() {
    return builder().start();
  }

  /**
   * Begins simulators, each with its defaults unless one is given.
   *
   * @return a builder with simulators of four providers
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts all simulators, prints the variables that lead clients to them as commands of a shell,
   * with a comment behind the last of them, and runs until its input ends.
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
        // Whatever is typed, only the end counts.
      }
    }
  }

  private static String quoted(String value) {
    return value.matches("[A-Za-z0-9_./:-]+") ? value : "'" + value.replace("'", "'\\''") + "'";
  }

  /**
   * {@return the variables by which clients read from these simulators, values by name;
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

  /** {@return each of them, in the order their paths are looked at} */
  List<Simulator<?>> all() {
    return all;
  }

  /** Stops listening and closes all connections. */
  @Override
  public void close() {
    server.close();
  }

  /** Hands each request to the simulator of its path. */
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

  /** Simulators to be. Not thread-safe. */
  public static final class Builder {
    private IotxSimulator iotx = IotxSimulator.builder().build();
    private MasonSimulator mason = MasonSimulator.builder().build();
    private AlefSimulator alef = AlefSimulator.builder().build();
    private ThingSpaceSimulator thingSpace = ThingSpaceSimulator.builder().build();

    private Builder() {}

    /**
     * Gives the simulated IoT-X to start, in place of one with defaults.
     *
     * @param simulator needs no server of its own
     * @return this builder
     */
    public Builder iotx(IotxSimulator simulator) {
      iotx = Objects.requireNonNull(simulator, "simulator");
      return this;
    }

    /**
     * Gives the simulated Mason to start, in place of one with defaults.
     *
     * @param simulator needs no server of its own
     * @return this builder
     */
    public Builder mason(MasonSimulator simulator) {
      mason = Objects.requireNonNull(simulator, "simulator");
      return this;
    }

    /**
     * Gives the simulated Alef to start, in place of one with defaults.
     *
     * @param simulator needs no server of its own
     * @return this builder
     */
    public Builder alef(AlefSimulator simulator) {
      alef = Objects.requireNonNull(simulator, "simulator");
      return this;
    }

    /**
     * Gives the simulated ThingSpace to start, in place of one with defaults.
     *
     * @param simulator needs no server of its own
     * @return this builder
     */
    public Builder thingSpace(ThingSpaceSimulator simulator) {
      thingSpace = Objects.requireNonNull(simulator, "simulator");
      return this;
    }

    /**
     * Starts them on a free port of 127.0.0.1.
     *
     * @return the running simulators, to be closed when they are no longer needed
     */
    public Simulators start() {
      return start(0);
    }

    /**
     * Starts them on a port of 127.0.0.1.
     *
     * @param port the port, 0 for one that is free
     * @return the running simulators, to be closed when they are no longer needed
     * @throws IllegalArgumentException if there is no such port
     */
    public Simulators start(int port) {
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException("there is no port " + port);
      }
      return new Simulators(this, port);
    }
  }
}
