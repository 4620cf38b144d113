package io.simtally.reliability;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/**
 * Sockets for MockWebServer that send small packets at once, let a crowd connect and know how many
 * connections are open.
 */
public final class PromptSockets extends ServerSocketFactory {
  private static final int BACKLOG = 1024;

  private final AtomicInteger open = new AtomicInteger();

  /** How many connections are open, as far as the server has heard. */
  public int open() {
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
        // MockWebServer writes head and body apart: with Nagle's algorithm the body would wait.
        socket.setTcpNoDelay(true);
        socket.counted();
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

    // MockWebServer forgets a connection that fails, but closes it with the last of them only.

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          try {
            return in.read(bytes, offset, length);
          } catch (IOException e) {
            CountedSocket.this.close();
            throw e;
          }
        }
      };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(super.getOutputStream()) {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          try {
            out.write(bytes, offset, length);
          } catch (IOException e) {
            CountedSocket.this.close();
            throw e;
          }
        }
      };
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
