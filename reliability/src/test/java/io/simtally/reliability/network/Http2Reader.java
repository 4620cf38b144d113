package io.simtally.reliability.network;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * A reader of HTTP/2. It collects the frames of a stream until its end; other frames are pieces of
 * their own.
 */
final class Http2Reader implements PieceReader {
  private final Http2Frames frames;
  private final Map<Integer, Stream> streams = new HashMap<>();
  private boolean prefaceToCome;

  private Http2Reader(InputStream in, boolean hasPreface) {
    this.frames = new Http2Frames(in);
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
      return new Piece(frames.preface(), 0);
    }
    while (true) {
      var frame = frames.next();
      var type = Http2Frames.typeOf(frame);
      if (type != Http2Frames.DATA && type != Http2Frames.HEADERS) {
        return new Piece(frame, 0);
      }
      var stream = streams.computeIfAbsent(Http2Frames.streamOf(frame), id -> new Stream());
      stream.add(frame);
      if (Http2Frames.endsStream(frame)) {
        streams.remove(Http2Frames.streamOf(frame));
        return stream.piece();
      }
    }
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
