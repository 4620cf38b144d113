package io.simtally.reliability.security;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A ThingSpace of raw sockets. It issues a bearer, answers each login with configured bytes, and
 * counts the logins.
 */
final class RawThingSpace implements AutoCloseable {
  private final ServerSocket server;
  private final Login login;
  private final AtomicInteger logins = new AtomicInteger();
  private final AtomicInteger bearers = new AtomicInteger();

  /** The response to a completely read login. */
  interface Login {
    void answer(Socket socket) throws IOException;
  }

  private RawThingSpace(ServerSocket server, Login login) {
    this.server = server;
    this.login = login;
  }

  static RawThingSpace start(Login login) throws IOException {
    var started =
        new RawThingSpace(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), login);
    daemon(started::accept);
    return started;
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/api";
  }

  int logins() {
    return logins.get();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  /** Returns a response with a text body, after which the connection ends. */
  static Login answers(int status, String body) {
    return socket -> write(socket, status, "", body);
  }

  static void write(Socket socket, int status, String headers, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    var head =
        "HTTP/1.1 "
            + status
            + " Any\r\n"
            + headers
            + "Connection: close\r\nContent-Length: "
            + bytes.length
            + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var socket = server.accept();
        daemon(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var path = readRequest(socket.getInputStream());
      if (path.endsWith("/oauth2/token")) {
        var bearer = "bearer-" + bearers.incrementAndGet();
        write(socket, 200, "", "{\"access_token\":\"" + bearer + "\",\"expires_in\":3600}");
      } else if (path.endsWith("/session/login")) {
        logins.incrementAndGet();
        login.answer(socket);
      } else {
        write(socket, 500, "", "unexpected request: " + path);
      }
    } catch (IOException gone) {
      // The client has closed the connection.
    }
  }

  /** Reads a request with its body and returns its path. */
  private static String readRequest(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      var b = in.read();
      if (b < 0) {
        throw new IOException("no request");
      }
      head.write(b);
    }
    var lines = head.toString(StandardCharsets.US_ASCII).split("\r\n");
    for (var line : lines) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        in.readNBytes(Integer.parseInt(line.substring(line.indexOf(':') + 1).trim()));
      }
    }
    return lines[0].split(" ")[1];
  }

  private static void daemon(Runnable task) {
    var thread = new Thread(task, "raw-thingspace");
    thread.setDaemon(true);
    thread.start();
  }

  static void writeRaw(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }
}
