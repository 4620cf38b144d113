package io.simtally.reliability.network;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Takes one direction of an HTTP/2 connection apart into its frames. */
final class Http2Frames {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int GO_AWAY = 7;
  static final int END_STREAM = 1;

  private static final int PREFACE = 24;
  private static final int HEAD = 9;
  private static final int GO_AWAY_LENGTH = 8;

  private final DataInputStream in;

  Http2Frames(InputStream in) {
    this.in = new DataInputStream(new BufferedInputStream(in));
  }

  /** Reads what a client says before its first frame. */
  byte[] preface() throws IOException {
    return in.readNBytes(PREFACE);
  }

  /**
   * Waits for the next frame.
   *
   * @return all of it, with its head
   * @throws java.io.EOFException if the connection ends
   */
  byte[] next() throws IOException {
    var head = new byte[HEAD];
    in.readFully(head);
    var length = (head[0] & 0xFF) << 16 | (head[1] & 0xFF) << 8 | head[2] & 0xFF;
    var frame = Arrays.copyOf(head, HEAD + length);
    in.readFully(frame, HEAD, length);
    return frame;
  }

  static int typeOf(byte[] frame) {
    return frame[3];
  }

  static boolean endsStream(byte[] frame) {
    return (frame[4] & END_STREAM) != 0;
  }

  static int streamOf(byte[] frame) {
    return ByteBuffer.wrap(frame).getInt(5) & Integer.MAX_VALUE;
  }

  /** A server's farewell: streams up to {@code lastStream} are answered, later ones are not. */
  static byte[] goAway(int lastStream) {
    return ByteBuffer.allocate(HEAD + GO_AWAY_LENGTH)
        .put(2, (byte) GO_AWAY_LENGTH)
        .put(3, (byte) GO_AWAY)
        .putInt(HEAD, lastStream)
        .array();
  }
}
