package io.simtally.reliability.network;

import java.io.InputStream;

/** The protocol between client and proxy. Behind the proxy it is the same protocol without TLS. */
enum Wire {
  HTTP_1(false, "http/1.1"),
  HTTP_1_TLS(true, "http/1.1"),
  HTTP_2_TLS(true, "h2");

  private final boolean tls;
  private final String protocol;

  Wire(boolean tls, String protocol) {
    this.tls = tls;
    this.protocol = protocol;
  }

  boolean isTls() {
    return tls;
  }

  boolean isHttp2() {
    return this == HTTP_2_TLS;
  }

  /** Returns the protocol's name in a TLS handshake. */
  String protocol() {
    return protocol;
  }

  boolean has(Phase phase) {
    return tls || !phase.isHandshake();
  }

  PieceReader requests(InputStream in) {
    return isHttp2() ? Http2Reader.ofClient(in) : new Http1Reader(in);
  }

  PieceReader answers(InputStream in) {
    return isHttp2() ? Http2Reader.ofServer(in) : new Http1Reader(in);
  }
}
