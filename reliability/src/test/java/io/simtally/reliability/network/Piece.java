package io.simtally.reliability.network;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Bytes that travel together: a whole request or answer, or what a connection says for itself.
 *
 * @param headLength how many bytes the message's head takes, or 0 if this is no message
 */
record Piece(byte[] bytes, int headLength) {
  boolean isMessage() {
    return headLength > 0;
  }

  int length() {
    return bytes.length;
  }

  void write(OutputStream out, int from, int to) throws IOException {
    out.write(bytes, from, to - from);
    out.flush();
  }
}
