package io.simtally.reliability.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** Sockets of a server that knows how many connections are open. */
final class CountedSockets extends ServerSocketFactory {
  private static final int BACKLOG = 1024;

  private final AtomicInteger open = new AtomicInteger();

  /** How many connections the server has not closed; it closes when the client has. */
  int open() {
    return open.get();
  }

  @Override
  public ServerSocket createServerSocket() throws IOException {
    return new ServerSocket() {
      @Override
      public void bind(SocketAddress endpoint, int backlog) throws IOException {
        super.bind(endpoint, BACKLOG);
      }

      @Override
      public Socket accept() throws IOException {
        var socket = new CountedSocket(open);
        implAccept(socket);
        socket.counted();
        // MockWebServer writes head and body apart: with Nagle's algorithm the body would wait.
        socket.setTcpNoDelay(true);
        return socket;
      }
    };
  }

  @Override
  public ServerSocket createServerSocket(int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
    throw new UnsupportedOperationException();
  }

  private static final class CountedSocket extends Socket {
    private final AtomicInteger open;
    private final AtomicBoolean counted = new AtomicBoolean();

    CountedSocket(AtomicInteger open) {
      this.open = open;
    }

    void counted() {
      counted.set(true);
      open.incrementAndGet();
    }

    @Override
    public synchronized void close() throws IOException {
      if (counted.compareAndSet(true, false)) {
        open.decrementAndGet();
      }
      super.close();
    }
  }
}
