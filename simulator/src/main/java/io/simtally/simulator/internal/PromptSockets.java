package io.simtally.simulator.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.ServerSocketFactory;

/** Server sockets for MockWebServer: no delay of small packets, and a long accept queue. */
public class PromptSockets extends ServerSocketFactory {
  /** With MockWebServer's own backlog of 50 a burst of connections waits a second. */
  private static final int BACKLOG = 1024;

  /** For MockWebServer. */
  public PromptSockets() {}

  /** Creates the socket of the next connection. */
  protected Socket socket() {
    return new Socket();
  }

  /** Called for each accepted connection. */
  protected void opened(Socket socket) {}

  @Override
  public final ServerSocket createServerSocket() throws IOException {
    return new ServerSocket() {
      @Override
      public void bind(SocketAddress endpoint, int backlog) throws IOException {
        super.bind(endpoint, BACKLOG);
      }

      @Override
      public Socket accept() throws IOException {
        Socket socket = socket();
        implAccept(socket);
        // MockWebServer writes head and body separately: with Nagle's algorithm the body would
        // wait.
        socket.setTcpNoDelay(true);
        opened(socket);
        return socket;
      }
    };
  }

  @Override
  public final ServerSocket createServerSocket(int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public final ServerSocket createServerSocket(int port, int backlog) {
    throw new UnsupportedOperationException();
  }

  @Override
  public final ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
    throw new UnsupportedOperationException();
  }
}
