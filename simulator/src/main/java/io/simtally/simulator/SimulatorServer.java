package io.simtally.simulator;

import io.simtally.simulator.internal.PromptSockets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** A simulator that listens on a free port of this machine's loopback interface until closed. */
public final class SimulatorServer implements AutoCloseable {
  private final MockWebServer server;
  private final String url;

  private SimulatorServer(MockWebServer server, String url) {
    this.server = server;
    this.url = url;
  }

  /**
   * Starts a server.
   *
   * @param basePath what the provider's base URL ends with: empty, or a path that begins with a
   *     slash
   */
  public static SimulatorServer start(Dispatcher dispatcher, String basePath) {
    return start(dispatcher, basePath, 0);
  }

  /**
   * Starts a server on a port.
   *
   * @param dispatcher answers its requests
   * @param basePath what the provider's base URL ends with: empty, or a path that begins with a
   *     slash
   * @param port 0 for a free one
   * @return the running server
   */
  public static SimulatorServer start(Dispatcher dispatcher, String basePath, int port) {
    MockWebServer server = new MockWebServer();
    server.setServerSocketFactory(new PromptSockets());
    server.setDispatcher(new Forgetful(server, dispatcher));
    boolean started = false;
    try {
      server.start(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
      String url = "http://127.0.0.1:" + server.getPort() + basePath;
      started = true;
      return new SimulatorServer(server, url);
    } catch (IOException e) {
      throw new UncheckedIOException("no port to listen on", e);
    } finally {
      // Its threads are no daemons: a program that nobody can close would not end.
      if (!started) {
        server.close();
      }
    }
  }

  /** {@return the base URL to give to a client, without a slash at its end} */
  public String url() {
    return url;
  }

  /** Stops listening and closes all connections. */
  @Override
  public void close() {
    server.close();
  }

  /** Keeps MockWebServer's own record of requests, which nobody reads, from filling the heap. */
  private static final class Forgetful extends Dispatcher {
    private final MockWebServer server;
    private final Dispatcher delegate;

    Forgetful(MockWebServer server, Dispatcher delegate) {
      this.server = server;
      this.delegate = delegate;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
      server.takeRequest(0, TimeUnit.NANOSECONDS);
      return delegate.dispatch(request);
    }

    @Override
    public MockResponse peek() {
      return delegate.peek();
    }

    @Override
    public void close() {
      delegate.close();
    }
  }
}
