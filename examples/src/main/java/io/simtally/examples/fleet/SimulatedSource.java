package io.simtally.examples.fleet;

import io.simtally.simulator.SimulatorServer;
import java.util.function.Function;

/** A carrier that is read from a simulator, whose server is closed with it. */
final class SimulatedSource implements UsageSource {

  private final SimulatorServer server;
  private final UsageSource source;

  private SimulatedSource(SimulatorServer server, UsageSource source) {
    this.server = server;
    this.source = source;
  }

  /**
   * Opens what reads from a server, and closes the server if that fails: a listening server would
   * keep the program from ending.
   *
   * @param opening given the server's URL, opens what reads from it
   */
  static UsageSource open(SimulatorServer server, Function<String, UsageSource> opening) {
    boolean opened = false;
    try {
      UsageSource source = new SimulatedSource(server, opening.apply(server.url()));
      opened = true;
      return source;
    } finally {
      if (!opened) {
        server.close();
      }
    }
  }

  @Override
  public void read(Period period, UsageSink sink) {
    source.read(period, sink);
  }

  @Override
  public void close() {
    try {
      source.close();
    } finally {
      server.close();
    }
  }
}
