package io.simtally.reliability.network;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A reader of the frames of one direction of an HTTP/2 connection. */
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

  /** Reads the client's connection preface. */
  byte[] preface() throws IOException {
    return in.readNBytes(PREFACE);
  }

  /**
   * Waits for the next frame.
   *
   * @return the complete frame with its header
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

  /**
   * Returns a GOAWAY frame: the server answers streams up to {@code lastStream} and no later ones.
   */
  static byte[] goAway(int lastStream) {
    return ByteBuffer.allocate(HEAD + GO_AWAY_LENGTH)
        .put(2, (byte) GO_AWAY_LENGTH)
        .put(3, (byte) GO_AWAY)
        .putInt(HEAD, lastStream)
        .array();
  }
}
