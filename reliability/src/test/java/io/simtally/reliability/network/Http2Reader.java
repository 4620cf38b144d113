package io.simtally.reliability.network;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Frames of HTTP/2: those of a stream are kept until its end, all others are pieces at once. */
final class Http2Reader implements PieceReader {
  private static final int PREFACE = 24;
  private static final int FRAME_HEAD = 9;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int END_STREAM = 1;

  private final DataInputStream in;
  private final Map<Integer, Stream> streams = new HashMap<>();
  private boolean prefaceToCome;

  private Http2Reader(InputStream in, boolean hasPreface) {
    this.in = new DataInputStream(new BufferedInputStream(in));
    this.prefaceToCome = hasPreface;
  }

  static Http2Reader ofClient(InputStream in) {
    return new Http2Reader(in, true);
  }

  static Http2Reader ofServer(InputStream in) {
    return new Http2Reader(in, false);
  }

  @Override
  public Piece next() throws IOException {
    if (prefaceToCome) {
      prefaceToCome = false;
      var preface = new byte[PREFACE];
      in.readFully(preface);
      return new Piece(preface, 0);
    }
    while (true) {
      var frame = frame();
      var type = frame[3];
      if (type != DATA && type != HEADERS) {
        return new Piece(frame, 0);
      }
      var stream = streams.computeIfAbsent(streamOf(frame), id -> new Stream());
      stream.add(frame);
      if ((frame[4] & END_STREAM) != 0) {
        streams.remove(streamOf(frame));
        return stream.piece();
      }
    }
  }

  private byte[] frame() throws IOException {
    var head = new byte[FRAME_HEAD];
    in.readFully(head);
    var length = (head[0] & 0xFF) << 16 | (head[1] & 0xFF) << 8 | head[2] & 0xFF;
    var frame = Arrays.copyOf(head, FRAME_HEAD + length);
    in.readFully(frame, FRAME_HEAD, length);
    return frame;
  }

  private static int streamOf(byte[] frame) {
    return (frame[5] & 0x7F) << 24
        | (frame[6] & 0xFF) << 16
        | (frame[7] & 0xFF) << 8
        | frame[8] & 0xFF;
  }

  private static final class Stream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int headLength;

    void add(byte[] frame) {
      bytes.writeBytes(frame);
      if (headLength == 0) {
        headLength = frame.length;
      }
    }

    Piece piece() {
      return new Piece(bytes.toByteArray(), headLength);
    }
  }
}
