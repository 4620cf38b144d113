package io.simtally.reliability.network;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A unit of bytes: a complete request or response, or a control message of the connection.
 *
 * @param headLength the length of the message's head in bytes, or 0 if this is no message
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
