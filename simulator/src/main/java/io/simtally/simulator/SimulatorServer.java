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

/** A server of the loopback interface, which answers with a simulator until it is closed. */
public final class SimulatorServer implements AutoCloseable {
  private final MockWebServer server;
  private final String url;

  private SimulatorServer(MockWebServer server, String url) {
    this.server = server;
    this.url = url;
  }

  /**
   * Starts a server on a free port.
   *
   * @param dispatcher answers its requests
   * @param basePath the path of the provider's base URL: empty, or with a slash at its start
   * @return the running server; the caller closes it
   */
  public static SimulatorServer start(Dispatcher dispatcher, String basePath) {
    return start(dispatcher, basePath, 0);
  }

  /**
   * Starts a server on a port.
   *
   * @param dispatcher answers its requests
   * @param basePath the path of the provider's base URL: empty, or with a slash at its start
   * @param port 0 for a free one
   * @return the running server; the caller closes it
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
      throw new UncheckedIOException("cannot listen on port " + port, e);
    } finally {
      // Its threads are not daemons: without this the program would not end.
      if (!started) {
        server.close();
      }
    }
  }

  /** {@return the base URL for a client, without a slash at its end} */
  public String url() {
    return url;
  }

  /** Stops listening and closes all connections. */
  @Override
  public void close() {
    server.close();
  }

  /** Removes each request from MockWebServer's own record, which would fill the heap. */
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
