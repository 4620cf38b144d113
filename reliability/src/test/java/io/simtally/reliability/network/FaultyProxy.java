package io.simtally.reliability.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A proxy between a client and a server on this machine that damages connections at an exact point.
 * It terminates TLS, so that it sees each byte of a message with every protocol.
 */
final class FaultyProxy implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final Wire wire;
  private final SSLSocketFactory tls;
  private final int serverPort;
  private final ServerSocket listener;
  private final Queue<Fault> next = new ArrayDeque<>();
  private final Set<Link> open = new HashSet<>();
  private final CountDownLatch idle = new CountDownLatch(1);
  private @Nullable Fault always;
  private int connections;
  private int strikes;

  private FaultyProxy(Wire wire, SSLSocketFactory tls, int serverPort, ServerSocket listener) {
    this.wire = wire;
    this.tls = tls;
    this.serverPort = serverPort;
    this.listener = listener;
  }

  /** Starts a proxy on a free port of this machine, without TLS. */
  static FaultyProxy start(Wire wire, int serverPort) throws IOException {
    return start(wire, (SSLSocketFactory) SSLSocketFactory.getDefault(), serverPort);
  }

  /** Starts a proxy on a free port of this machine. */
  static FaultyProxy start(Wire wire, SSLSocketFactory tls, int serverPort) throws IOException {
    var listener =
        new ServerSocket() {
          @Override
          public Socket accept() throws IOException {
            var socket = new GatedSocket();
            implAccept(socket);
            return socket;
          }
        };
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    var proxy = new FaultyProxy(wire, tls, serverPort, listener);
    daemon("accepts", proxy::accept).start();
    return proxy;
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Damages the next connection with this fault, and no later one. */
  synchronized void next(Fault fault) {
    next.add(fault);
  }

  /** Damages every connection with this fault. */
  synchronized void always(Fault fault) {
    always = fault;
  }

  /** Triggers a fault of {@link Phase#IDLE}, and waits for a fault of any phase. */
  void callIsOver() throws InterruptedException {
    callsAreOver(1);
  }

  /** Does the same for a number of faults. */
  synchronized void callsAreOver(int faults) throws InterruptedException {
    idle.countDown();
    var patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (strikes < faults && System.nanoTime() < patience) {
      wait(100);
    }
    if (strikes < faults) {
      throw new AssertionError("only " + strikes + " faults have struck");
    }
  }

  synchronized boolean hasStruck() {
    return strikes > 0;
  }

  private synchronized void struck() {
    strikes++;
    notifyAll();
  }

  /** Returns the number of the client's connections. */
  synchronized int connections() {
    return connections;
  }

  /** Waits for the client to close its connections, and returns the number of open ones. */
  synchronized int connectionsLeft() throws InterruptedException {
    var patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!open.isEmpty() && System.nanoTime() < patience) {
      wait(100);
    }
    return open.size();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    Set<Link> left;
    synchronized (this) {
      left = Set.copyOf(open);
    }
    left.forEach(Link::close);
    idle.countDown();
  }

  static Thread daemon(String what, Runnable task) {
    var thread = new Thread(task, "faulty-proxy-" + what);
    thread.setDaemon(true);
    return thread;
  }

  private void accept() {
    try {
      while (true) {
        var link = opened((GatedSocket) listener.accept());
        daemon(
                "requests",
                () -> {
                  link.run();
                  closed(link);
                })
            .start();
      }
    } catch (IOException closed) {
      // The listener was closed.
    }
  }

  private synchronized Link opened(GatedSocket client) {
    connections++;
    var fault = next.isEmpty() ? always : next.remove();
    var link = new Link(wire, tls, serverPort, client, fault, idle, this::struck);
    open.add(link);
    return link;
  }

  private synchronized void closed(Link link) {
    open.remove(link);
    notifyAll();
  }
}
