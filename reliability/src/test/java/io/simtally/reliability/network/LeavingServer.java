package io.simtally.reliability.network;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a server that speaks HTTP/2 without TLS, and says {@code GOAWAY} in its name, as a
 * gateway does when it is replaced: the streams that the server has begun are answered, those that
 * are on their way are not, and new ones need a new connection.
 */
final class LeavingServer implements AutoCloseable {
  private final int serverPort;
  private final ServerSocket listener;
  private final List<Link> links = new ArrayList<>();
  private final AtomicInteger turnedAway = new AtomicInteger();

  private LeavingServer(int serverPort, ServerSocket listener) {
    this.serverPort = serverPort;
    this.listener = listener;
  }

  static LeavingServer start(int serverPort) throws IOException {
    var leaving =
        new LeavingServer(serverPort, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    FaultyProxy.daemon("accepts", leaving::accept).start();
    return leaving;
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Says goodbye on all connections. */
  synchronized void goAway() {
    links.forEach(Link::goAway);
  }

  /** How many requests came too late and were never seen by the server. */
  int turnedAway() {
    return turnedAway.get();
  }

  /** How many connections the client has made. */
  synchronized int connections() {
    return links.size();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    List<Link> left;
    synchronized (this) {
      left = List.copyOf(links);
    }
    left.forEach(Link::close);
  }

  private void accept() {
    try {
      while (true) {
        var near = listener.accept();
        near.setTcpNoDelay(true);
        var far = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        far.setTcpNoDelay(true);
        var link = new Link(near, far);
        synchronized (this) {
          links.add(link);
        }
        FaultyProxy.daemon("requests", link::requests).start();
        FaultyProxy.daemon("answers", link::answers).start();
      }
    } catch (IOException closed) {
      // That is how it ends.
    }
  }

  private final class Link {
    private final Socket near;
    private final Socket far;
    private int lastStream;
    private boolean leaving;

    Link(Socket near, Socket far) {
      this.near = near;
      this.far = far;
    }

    void requests() {
      try (near;
          far) {
        var frames = new Http2Frames(near.getInputStream());
        var out = far.getOutputStream();
        out.write(frames.preface());
        while (true) {
          var frame = frames.next();
          if (admits(frame)) {
            out.write(frame);
          }
        }
      } catch (IOException ended) {
        // By either side.
      }
    }

    void answers() {
      try (near;
          far) {
        var frames = new Http2Frames(far.getInputStream());
        while (true) {
          answer(frames.next());
        }
      } catch (IOException ended) {
        // By either side.
      }
    }

    private synchronized boolean admits(byte[] frame) {
      var stream = Http2Frames.streamOf(frame);
      if (leaving && stream > lastStream) {
        if (Http2Frames.typeOf(frame) == Http2Frames.HEADERS) {
          turnedAway.incrementAndGet();
        }
        return false;
      }
      lastStream = Math.max(lastStream, stream);
      return true;
    }

    synchronized void goAway() {
      if (leaving) {
        return;
      }
      leaving = true;
      try {
        answer(Http2Frames.goAway(lastStream));
      } catch (IOException closed) {
        // OkHttp closes what it has connected in vain: several callers, one connection.
      }
    }

    private synchronized void answer(byte[] frame) throws IOException {
      OutputStream out = near.getOutputStream();
      out.write(frame);
      out.flush();
    }

    void close() {
      try (near;
          far) {
        // Both are closed, whatever the first one says.
      } catch (IOException alreadyBroken) {
        // It is closed then.
      }
    }
  }
}
