package io.simtally.benchmarks;

import com.squareup.moshi.JsonReader;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import okio.Buffer;

/** The upper limit: one connection, prepared requests, undecoded bodies, no HTTP library. */
final class RawSocket implements Contestant {
  private static final byte[] CONTENT_LENGTH =
      "content-length:".getBytes(StandardCharsets.ISO_8859_1);

  private final Socket socket;
  private final InputStream in;
  private final byte[] request;
  private final byte[] line = new byte[1 << 10];

  private RawSocket(Socket socket, byte[] request) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
    this.request = request;
  }

  /** Opens a connection that sends {@code POST path}. */
  static RawSocket post(String url, byte[] body) throws IOException {
    var address = URI.create(url);
    var head =
        "POST "
            + address.getRawPath()
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            + "Authorization: Bearer "
            + ThingSpaceCalls.BEARER
            + "\r\nVZ-M2M-Token: "
            + ThingSpaceCalls.SESSION
            + "\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    var start = head.getBytes(StandardCharsets.ISO_8859_1);
    var request = new byte[start.length + body.length];
    System.arraycopy(start, 0, request, 0, start.length);
    System.arraycopy(body, 0, request, start.length, body.length);
    var socket = new Socket(address.getHost(), address.getPort());
    socket.setTcpNoDelay(true);
    return new RawSocket(socket, request);
  }

  @Override
  public byte[] call() throws IOException {
    socket.getOutputStream().write(request);
    var length = 0;
    for (int end = readLine(); end > 0; end = readLine()) {
      if (isContentLength(end)) {
        length = number(end);
      }
    }
    var body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException();
    }
    return body;
  }

  @Override
  public Object comparable(Object answer) throws IOException {
    return HandMoshi.thingSpace(JsonReader.of(new Buffer().write((byte[]) answer)));
  }

  private int readLine() throws IOException {
    for (int end = 0; ; end++) {
      var read = in.read();
      if (read < 0) {
        throw new EOFException();
      }
      if (read == '\n') {
        return end - 1;
      }
      line[end] = (byte) read;
    }
  }

  private boolean isContentLength(int end) {
    if (end < CONTENT_LENGTH.length) {
      return false;
    }
    for (int i = 0; i < CONTENT_LENGTH.length; i++) {
      if ((line[i] | 0x20) != (CONTENT_LENGTH[i] | 0x20)) {
        return false;
      }
    }
    return true;
  }

  private int number(int end) {
    var text = new String(line, 0, end, StandardCharsets.ISO_8859_1);
    return Integer.parseInt(text.substring(CONTENT_LENGTH.length).strip());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
