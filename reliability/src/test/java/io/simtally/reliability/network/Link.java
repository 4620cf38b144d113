package io.simtally.reliability.network;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** A connection through the proxy. One thread copies its requests, another its responses. */
final class Link {
  /** Shorter than the time limits of the tests, longer than a scheduler's time slice. */
  private static final Duration DELAY = Duration.ofMillis(20);

  private static final int HALF_SERVER_HELLO = 60;
  private static final int TLS_RECORD_HEAD = 5;

  private final Wire wire;
  private final SSLSocketFactory tls;
  private final int serverPort;
  private final GatedSocket client;
  private final @Nullable Fault fault;
  private final CountDownLatch idle;
  private final Runnable struck;
  private volatile @Nullable Socket server;
  private volatile boolean lost;

  Link(
      Wire wire,
      SSLSocketFactory tls,
      int serverPort,
      GatedSocket client,
      @Nullable Fault fault,
      CountDownLatch idle,
      Runnable struck) {
    this.wire = wire;
    this.tls = tls;
    this.serverPort = serverPort;
    this.client = client;
    this.fault = fault;
    this.idle = idle;
    this.struck = struck;
  }

  /** Copies requests until either side ends. */
  void run() {
    try {
      client.setTcpNoDelay(true);
      strikeAt(Phase.CONNECTED);
      var near = wire.isTls() ? handshake() : client;
      var far = new Socket(InetAddress.getLoopbackAddress(), serverPort);
      far.setTcpNoDelay(true);
      server = far;
      var answers = FaultyProxy.daemon("answers", () -> answers(far, near));
      answers.start();
      requests(near, far);
    } catch (IOException ended) {
      // Tests end connections on purpose.
    } finally {
      close();
    }
  }

  void close() {
    close(client);
    close(server);
  }

  private Socket handshake() throws IOException {
    var in = new DataInputStream(client.getInputStream());
    var hello = new byte[TLS_RECORD_HEAD];
    in.readFully(hello);
    var length = (hello[3] & 0xFF) << 8 | hello[4] & 0xFF;
    hello = Arrays.copyOf(hello, TLS_RECORD_HEAD + length);
    in.readFully(hello, TLS_RECORD_HEAD, length);
    strikeAt(Phase.TLS_HELLO);
    if (meets(Phase.TLS_HALF_SERVER_HELLO)) {
      client.gateAfter(HALF_SERVER_HELLO, () -> strikeAt(Phase.TLS_HALF_SERVER_HELLO));
    }
    var socket = (SSLSocket) tls.createSocket(client, new ByteArrayInputStream(hello), true);
    socket.setUseClientMode(false);
    var parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {wire.protocol()});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private void requests(Socket near, Socket far) throws IOException {
    var reader = wire.requests(near.getInputStream());
    var out = far.getOutputStream();
    while (true) {
      var piece = reader.next();
      if (lost) {
        continue;
      }
      if (!piece.isMessage() || !meets(Phase.HALF_REQUEST)) {
        piece.write(out, 0, piece.length());
        continue;
      }
      var half = piece.length() / 2;
      piece.write(out, 0, half);
      strikeAt(Phase.HALF_REQUEST);
      piece.write(out, half, piece.length());
    }
  }

  private void answers(Socket far, Socket near) {
    try {
      var reader = wire.answers(far.getInputStream());
      var out = near.getOutputStream();
      for (boolean first = true; !lost; ) {
        var piece = reader.next();
        if (lost) {
          return; // the server's last bytes after its side was closed
        }
        if (first && piece.isMessage() && fault != null && fault.phase().isAfterRequest()) {
          first = false;
          answer(piece, fault.phase(), out);
        } else {
          piece.write(out, 0, piece.length());
        }
      }
    } catch (EOFException end) {
      close();
    } catch (IOException ended) {
      close(server);
    }
  }

  private void answer(Piece answer, Phase phase, OutputStream out) throws IOException {
    var before = phase.bytesOf(answer);
    answer.write(out, 0, before);
    if (phase == Phase.IDLE) {
      // A reset would also discard bytes that the client has received but not read.
      awaitIdle();
    }
    strike();
    if (!lost) {
      answer.write(out, before, answer.length());
    }
  }

  private void awaitIdle() throws InterruptedIOException {
    try {
      idle.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private boolean meets(Phase phase) {
    return fault != null && fault.phase() == phase;
  }

  /** Applies the fault to a request. The connection ends here unless the fault is a delay. */
  private void strikeAt(Phase phase) throws IOException {
    if (!meets(phase)) {
      return;
    }
    strike();
    if (lost) {
      close(server);
      swallow(client.getInputStream());
      throw new EOFException();
    }
  }

  private void strike() throws IOException {
    if (fault == null) {
      return;
    }
    lost = fault.damage() != Damage.DELAY;
    switch (fault.damage()) {
      case DELAY -> LockSupport.parkNanos(DELAY.toNanos());
      case CUT -> client.shutdownOutput();
      case RESET -> {
        client.setSoLinger(true, 0);
        client.close();
      }
      case STALL -> {}
    }
    struck.run();
  }

  private static void swallow(InputStream in) throws IOException {
    var lost = new byte[8 * 1024];
    while (in.read(lost) >= 0) {
      // The bytes are discarded.
    }
  }

  private static void close(@Nullable Socket socket) {
    if (socket == null) {
      return;
    }
    try {
      socket.close();
    } catch (IOException alreadyBroken) {
      // It is closed already.
    }
  }
}
