package io.simtally.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A minimal HTTP server: a thread for each connection, prepared responses, one write each.
 * Responses below {@code /d20} take 20 ms; Mason's responses below {@code /n5} have five pages.
 * ThingSpace's responses have 30 days, below {@code first1} and {@code last3} only these of them.
 * Below {@code mixed} they have 0, 3, 6 … 90 records in turn.
 */
final class LightServer implements AutoCloseable {
  static final int MASON_ROWS = 1_000;
  static final int RECORDS = 30;

  /** The number of different responses below {@code mixed}. */
  static final int MIXED = 31;

  /** With three buckets each, the size of the records. */
  static final int SUBSCRIBERS = 60;

  static final int BUCKETS = 3;

  private static final Pattern DELAY = Pattern.compile("/d(\\d+)/");
  private static final Pattern PAGES = Pattern.compile("/n(\\d+)/");
  private static final Pattern AFTER = Pattern.compile("[?&]after=(\\d+)");

  private final ServerSocket listening;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private final byte[] thingSpace = answer(Bodies.thingSpace(RECORDS));
  private final byte[] firstDay = answer(Bodies.thingSpace(1));
  private final byte[] lastDays = answer(Bodies.thingSpace(RECORDS - 3, RECORDS));
  private final List<byte[]> mixed =
      IntStream.range(0, MIXED).mapToObj(i -> answer(Bodies.thingSpaceMonth(3 * i))).toList();
  private final AtomicInteger nextMixed = new AtomicInteger();
  private final byte[] iotx = answer(Bodies.iotx(SUBSCRIBERS, BUCKETS));
  private final byte[] tiny = answer("{}".getBytes(StandardCharsets.UTF_8));
  private final byte[] masonRows =
      (Bodies.masonRows(MASON_ROWS) + "}").getBytes(StandardCharsets.UTF_8);

  private LightServer(ServerSocket listening) {
    this.listening = listening;
  }

  /** Starts a server on a free port of this machine. */
  static LightServer start() throws IOException {
    var server = new LightServer(new ServerSocket(0, 256, InetAddress.getLoopbackAddress()));
    daemon(server::accept);
    return server;
  }

  /** Serves until standard input ends, so that it never outlives its parent process. */
  public static void main(String[] args) throws IOException {
    try (var server = start()) {
      System.out.println(server.url());
      System.out.flush();
      while (System.in.read() >= 0) {
        // The input is ignored.
      }
    }
  }

  String url() {
    return "http://127.0.0.1:" + listening.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  private static void daemon(Runnable task) {
    var thread = new Thread(task, "light-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        var socket = listening.accept();
        daemon(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The server was closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      var in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
      var out = socket.getOutputStream();
      var head = new byte[8 << 10];
      var counted = false;
      while (true) {
        var length = readHead(in, head);
        if (length == 0) {
          return;
        }
        var target = target(head, length);
        if (!counted && !target.startsWith("/-/")) {
          counted = true;
          connections.incrementAndGet();
        }
        in.skipNBytes(contentLength(head, length));
        respond(target, out);
      }
    } catch (IOException | InterruptedException gone) {
      // The client closed the connection.
    }
  }

  /** Reads up to the empty line. Returns 0 at the end of the connection. */
  private static int readHead(InputStream in, byte[] head) throws IOException {
    var length = 0;
    while (length < 4
        || head[length - 1] != '\n'
        || head[length - 2] != '\r'
        || head[length - 3] != '\n') {
      var read = in.read();
      if (read < 0) {
        return 0;
      }
      head[length++] = (byte) read;
    }
    return length;
  }

  private static String target(byte[] head, int length) {
    var start = 0;
    while (head[start] != ' ') {
      start++;
    }
    var end = start + 1;
    while (end < length && head[end] != ' ') {
      end++;
    }
    return new String(head, start + 1, end - start - 1, StandardCharsets.ISO_8859_1);
  }

  private static long contentLength(byte[] head, int length) {
    if (head[0] != 'P') {
      return 0;
    }
    var text = new String(head, 0, length, StandardCharsets.ISO_8859_1);
    for (var line : text.split("\r\n", -1)) {
      if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
        return Long.parseLong(line.substring(15).strip());
      }
    }
    return 0;
  }

  private void respond(String target, OutputStream out) throws IOException, InterruptedException {
    if (target.startsWith("/-/")) {
      var counts = connections.getAndSet(0) + " " + requests.getAndSet(0);
      out.write(answer(counts.getBytes(StandardCharsets.UTF_8)));
      return;
    }
    requests.incrementAndGet();
    if (target.startsWith("/d")) {
      Thread.sleep(number(DELAY, target, 0));
    }
    if (target.endsWith("/usage/actions/list")) {
      out.write(thingSpace(target));
    } else if (target.contains("/data-usage-by-subscriber")) {
      out.write(iotx);
    } else if (target.contains("/aggregate/usage/sim")) {
      out.write(masonPage(number(AFTER, target, 1), number(PAGES, target, 1)));
    } else {
      out.write(tiny);
    }
  }

  private byte[] thingSpace(String target) {
    if (target.contains("/first1/")) {
      return firstDay;
    }
    if (target.contains("/mixed/")) {
      return mixed.get(nextMixed.getAndIncrement() % MIXED);
    }
    return target.contains("/last3/") ? lastDays : thingSpace;
  }

  private byte[] masonPage(int page, int pages) {
    var cursor = page < pages ? "\"nextPage\":\"" + (page + 1) + "\"," : "";
    var start = ("{" + cursor).getBytes(StandardCharsets.UTF_8);
    var head = head(start.length + masonRows.length);
    var whole = new byte[head.length + start.length + masonRows.length];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(start, 0, whole, head.length, start.length);
    System.arraycopy(masonRows, 0, whole, head.length + start.length, masonRows.length);
    return whole;
  }

  private static int number(Pattern pattern, String target, int otherwise) {
    var matcher = pattern.matcher(target);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : otherwise;
  }

  private static byte[] answer(byte[] body) {
    var head = head(body.length);
    var whole = new byte[head.length + body.length];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    return whole;
  }

  private static byte[] head(int length) {
    var head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + length + "\r\n";
    return (head + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }
}
