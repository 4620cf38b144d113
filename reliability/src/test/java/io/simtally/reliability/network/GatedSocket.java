package io.simtally.reliability.network;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** A socket that runs an action after a number of output bytes. */
final class GatedSocket extends Socket {
  /** The action at the gate. The writer receives its exceptions. */
  @FunctionalInterface
  interface Gate {
    void reached() throws IOException;
  }

  private volatile @Nullable Gate gate;
  private int bytesToGate;

  /** Calls {@code reached} once, when {@code bytes} more bytes have been sent. */
  void gateAfter(int bytes, Gate reached) {
    bytesToGate = bytes;
    gate = reached;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(super.getOutputStream()) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        var first = firstPart(length);
        out.write(bytes, offset, first);
        var waiting = gate;
        if (waiting != null && bytesToGate == 0) {
          out.flush();
          gate = null;
          waiting.reached();
        }
        out.write(bytes, offset + first, length - first);
      }
    };
  }

  private int firstPart(int length) {
    if (gate == null) {
      return length;
    }
    var first = Math.min(length, bytesToGate);
    bytesToGate -= first;
    return first;
  }
}
