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
 * A proxy for an HTTP/2 server without TLS that sends {@code GOAWAY}, as a gateway does when it is
 * replaced. The server answers the streams that it has started, but not those in transit. New
 * streams need a new connection.
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

  /** Sends GOAWAY on all connections. */
  synchronized void goAway() {
    links.forEach(Link::goAway);
  }

  /** Returns the number of requests that arrived too late and did not reach the server. */
  int turnedAway() {
    return turnedAway.get();
  }

  /** Returns the number of the client's connections. */
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
      // The listener was closed.
    }
  }

  private final class Link {
    private final Socket near;
    private final Socket far;
    private int lastStream;
    private boolean leaving;
    private boolean greeted;

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
        // Closed by either side.
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
        // Closed by either side.
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
      if (!greeted) {
        return;
      }
      try {
        write(Http2Frames.goAway(lastStream));
      } catch (IOException closed) {
        // OkHttp closes surplus connections when several callers connect at once.
      }
    }

    private synchronized void answer(byte[] frame) throws IOException {
      write(frame);
      if (!greeted) {
        greeted = true;
        // SETTINGS is the first frame of a server. A client fails all streams of a connection that
        // starts with another one.
        if (leaving) {
          write(Http2Frames.goAway(lastStream));
        }
      }
    }

    private void write(byte[] frame) throws IOException {
      OutputStream out = near.getOutputStream();
      out.write(frame);
      out.flush();
    }

    void close() {
      try (near;
          far) {
        // Close both sockets, even if the first close fails.
      } catch (IOException alreadyBroken) {
        // It is closed already.
      }
    }
  }
}
