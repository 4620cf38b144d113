package io.simtally.core;

import java.io.IOException;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;

/**
 * A compressed body as it arrives. OkHttp unpacks it further up, where one that broke off and one
 * that is no gzip look the same: a failure to read.
 */
final class PackedBody extends ForwardingSource {
  private final Exchange exchange;

  private PackedBody(BufferedSource packed, Exchange exchange) {
    super(packed);
    this.exchange = exchange;
  }

  /** Returns {@code response}, of whose body {@code exchange} knows whether the network failed. */
  static Response watched(Response response, Exchange exchange) {
    var isPacked = "gzip".equalsIgnoreCase(response.header("Content-Encoding"));
    if (!isPacked || !hasEnd(response)) {
      return response;
    }
    var body = response.body();
    exchange.packedBodyBegins();
    var watched = Okio.buffer(new PackedBody(body.source(), exchange));
    return response
        .newBuilder()
        .body(ResponseBody.create(watched, body.contentType(), body.contentLength()))
        .build();
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    try {
      return super.read(sink, byteCount);
    } catch (IOException e) {
      exchange.packedBodyBrokeOff();
      throw e;
    }
  }

  /** Whether the end of the body is told apart from a lost connection. */
  private static boolean hasEnd(Response response) {
    return response.body().contentLength() >= 0
        || response.header("Transfer-Encoding") != null
        || response.protocol() == Protocol.HTTP_2;
  }
}
