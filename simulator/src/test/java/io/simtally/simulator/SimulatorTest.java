package io.simtally.simulator;

import io.simtally.simulator.thingspace.ThingSpaceCalls;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Closes the servers that a test starts. */
public abstract class SimulatorTest {
  private final List<SimulatorServer> servers = new ArrayList<>();

  protected SimulatorTest() {}

  protected ThingSpaceCalls start(ThingSpaceSimulator simulator) {
    SimulatorServer server = simulator.start();
    servers.add(server);
    return new ThingSpaceCalls(simulator, server);
  }

  @AfterEach
  void closeServers() {
    servers.forEach(SimulatorServer::close);
  }
}
