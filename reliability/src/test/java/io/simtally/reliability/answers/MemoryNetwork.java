package io.simtally.reliability.answers;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;
import okhttp3.OkHttpClient;
import okio.ByteString;

/**
 * A server without a network. Each connection responds with the configured bytes and ends. OkHttp
 * above the socket is real, so its framing and its gzip are tested too, at about ten thousand
 * responses per second.
 */
final class MemoryNetwork extends SocketFactory {
  private final AtomicInteger connections = new AtomicInteger();
  private volatile byte[] answer = new byte[0];

  /** Returns a client that reaches only this server. */
  OkHttpClient client() {
    return new OkHttpClient.Builder()
        .socketFactory(this)
        .proxy(Proxy.NO_PROXY)
        // It would connect on another thread.
        .fastFallback(false)
        .build();
  }

  /** Responds with {@code body} unchanged and the correct Content-Length. */
  void answer(int status, String headers, ByteString body) {
    answer(status, headers, body, body.size());
  }

  /**
   * Responds with a Content-Length of {@code length}, which may exceed the size of {@code body}.
   */
  void answer(int status, String headers, ByteString body, int length) {
    var head =
        "HTTP/1.1 %d Any\r\nConnection: close\r\n%sContent-Length: %d\r\n\r\n"
            .formatted(status, headers, length);
    raw(head, body);
  }

  /** Responds with {@code head}, including its empty line, and then {@code body}. */
  void raw(String head, ByteString body) {
    var headBytes = head.getBytes(StandardCharsets.ISO_8859_1);
    var whole = new byte[headBytes.length + body.size()];
    System.arraycopy(headBytes, 0, whole, 0, headBytes.length);
    body.copyInto(0, whole, headBytes.length, body.size());
    answer = whole;
  }

  /** Returns the number of connections. */
  int connections() {
    return connections.get();
  }

  @Override
  public Socket createSocket() {
    connections.incrementAndGet();
    return new Answering(new ByteArrayInputStream(answer));
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }

  private static final class Answering extends Socket {
    private final InputStream answer;
    private volatile boolean closed;

    Answering(InputStream answer) {
      this.answer = answer;
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) {}

    @Override
    public InputStream getInputStream() {
      return answer;
    }

    @Override
    public OutputStream getOutputStream() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public void setSoTimeout(int timeout) {}

    @Override
    public boolean isClosed() {
      return closed;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
