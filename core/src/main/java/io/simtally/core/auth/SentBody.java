package io.simtally.core.auth;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.ByteString;

/** The body of a request, with a flag whether it was sent. */
final class SentBody extends RequestBody {
  private final MediaType type;
  private final ByteString bytes;
  private volatile boolean sent;

  SentBody(MediaType type, ByteString bytes) {
    this.type = type;
    this.bytes = bytes;
  }

  boolean isSent() {
    return sent;
  }

  @Override
  public MediaType contentType() {
    return type;
  }

  @Override
  public long contentLength() {
    return bytes.size();
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    sent = true;
    sink.write(bytes);
  }
}
