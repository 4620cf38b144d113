package io.simtally.reliability;

import io.simtally.simulator.internal.PromptSockets;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The simulator's sockets with a count of the open connections. */
public final class CountingSockets extends PromptSockets {
  private final AtomicInteger open = new AtomicInteger();

  /** Returns the number of open connections from the server's point of view. */
  public int open() {
    return open.get();
  }

  @Override
  protected Socket socket() {
    return new CountedSocket(open);
  }

  @Override
  protected void opened(Socket socket) {
    ((CountedSocket) socket).counted();
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

    // MockWebServer closes a failed connection only at its own end.

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
