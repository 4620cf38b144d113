package io.simtally.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Invalid HTTP responses, written directly to the socket. */
@Timeout(60)
class RawAnswersTest {
  private static final int MEBIBYTE = 1 << 20;

  private ServerSocket server;

  /** Writes a response; the client may close the connection meanwhile. */
  private interface Answer {
    void writeTo(OutputStream out) throws IOException;
  }

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void refusesALengthBelowZero() {
    answer(out -> write(out, "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}"));
    try (var client = client().build()) {
      var failure = catchThrowableOfType(ApiException.class, client.thing("a")::execute);

      assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
      assertThat(failure).hasMessageContaining("cannot be read as HTTP");
      assertThat(client.thing("a").executeAsync())
          .failsWithin(Duration.ofSeconds(30))
          .withThrowableThat()
          .havingCause()
          .isInstanceOfSatisfying(
              ApiException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE));
    }
  }

  @Test
  void readsNoGzipHeaderWithoutEnd() {
    var sent = new long[1];
    answer(
        out -> {
          write(out, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n");
          // The flag announces a file name, which ends with the first zero byte.
          out.write(new byte[] {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 0});
          var name = "x".repeat(MEBIBYTE).getBytes(StandardCharsets.US_ASCII);
          for (int i = 0; i < 256; i++) {
            out.write(name);
            sent[0] += name.length;
          }
        });
    try (var client = client().retryPolicy(RetryPolicy.none()).build()) {
      var failure = catchThrowableOfType(ApiException.class, client.thing("a")::execute);

      assertThat(failure).hasMessageContaining("gzip");
    }
    // Plus the buffers of the sockets.
    assertThat(sent[0]).isLessThan(64L * MEBIBYTE);
  }

  @Test
  void readsAnAnswerUnderTheLargestBound() {
    answer(out -> write(out, "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{\"value\":7}"));
    try (var client = client().maxBodyBytes(Long.MAX_VALUE).build()) {
      assertThat(client.thing("a").execute()).isEqualTo(7);
      assertThat(client.thing("a").executeAsync().join()).isEqualTo(7);
    }
  }

  private TestClient.Builder client() {
    return TestClient.builder().baseUrl("http://127.0.0.1:" + server.getLocalPort());
  }

  /** Responds once on each connection, after the request's header, and closes it. */
  private void answer(Answer answer) {
    var thread =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try (var socket = server.accept()) {
                  readHeader(socket.getInputStream());
                  answer.writeTo(socket.getOutputStream());
                } catch (IOException gone) {
                  // The test has ended, or the client has closed the connection.
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static void readHeader(InputStream in) throws IOException {
    var last = 0;
    for (int c = in.read(); c >= 0; c = in.read()) {
      last = (last << 8) | c;
      if (last == ('\r' << 24 | '\n' << 16 | '\r' << 8 | '\n')) {
        return;
      }
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }
}
