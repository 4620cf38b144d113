package io.simtally.core.internal.http;

import java.io.IOException;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;

/**
 * A compressed body on the network side of OkHttp's decompression. Above it, a lost connection and
 * invalid gzip look alike, as a failure to read.
 */
public final class CompressedBody extends ForwardingSource {
  private static final int FLAG_EXTRA_FIELD = 4;
  private static final int FLAGS_TEXTS = 8 | 16;
  private static final int LONGEST_TEXTS = 8 * 1024;

  private final Watcher watcher;
  private int position;
  private boolean hasExtraField;
  private int textStart = 10;

  /** Unknown until the flags are read. */
  private int openTexts = Integer.MAX_VALUE;

  private CompressedBody(BufferedSource compressed, Watcher watcher) {
    super(compressed);
    this.watcher = watcher;
  }

  /**
   * Returns {@code response} with a body that reports a failure of the network to {@code watcher}.
   */
  public static Response watched(Response response, Watcher watcher) {
    var isCompressed = "gzip".equalsIgnoreCase(response.header("Content-Encoding"));
    if (!isCompressed) {
      return response;
    }
    if (hasEnd(response)) {
      watcher.compressedBodyBegins();
    }
    var body = response.body();
    var watched = Okio.buffer(new CompressedBody(body.source(), watcher));
    return response
        .newBuilder()
        .body(ResponseBody.create(watched, body.contentType(), body.contentLength()))
        .build();
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    long count;
    try {
      count = super.read(sink, byteCount);
    } catch (IOException e) {
      watcher.compressedBodyBrokeOff();
      throw e;
    }
    for (long i = sink.size() - count; count > 0 && i < sink.size() && openTexts > 0; i++) {
      readHeader(sink.getByte(i));
    }
    return count;
  }

  /**
   * Follows the header of RFC 1952 to the end of its texts, because Okio would keep texts of any
   * length in memory: ten bytes, of which the fourth are flags, an extra field with its length, a
   * file name and a comment that a zero ends.
   */
  private void readHeader(byte next) throws IOException {
    if (position == 3) {
      hasExtraField = (next & FLAG_EXTRA_FIELD) != 0;
      openTexts = Integer.bitCount(next & FLAGS_TEXTS);
    } else if (hasExtraField && (position == 10 || position == 11)) {
      textStart += position == 10 ? 2 + (next & 0xFF) : (next & 0xFF) << 8;
    } else if (position >= textStart && next == 0) {
      openTexts--;
    } else if (position > textStart + LONGEST_TEXTS) {
      throw new IOException("the header of the gzip has no end");
    }
    position++;
  }

  /** Returns whether the end of the body differs from a lost connection. */
  private static boolean hasEnd(Response response) {
    return response.body().contentLength() >= 0
        || response.header("Transfer-Encoding") != null
        || response.protocol() == Protocol.HTTP_2;
  }

  /** Distinguishes a lost connection from invalid gzip. */
  public interface Watcher {
    /** Records the start of a body whose end differs from a lost connection. */
    void compressedBodyBegins();

    /** Records a failure of the network. */
    void compressedBodyBrokeOff();
  }
}
