package io.simtally.reliability.network;

import mockwebserver3.MockResponse;

/**
 * How a response marks the end of its body. With HTTP/2, which has no chunks, the second is a body
 * without a length.
 */
enum Framing {
  CONTENT_LENGTH,
  CHUNKED;

  private static final int CHUNK = 100;

  MockResponse answer(String json, boolean http2) {
    var answer = new MockResponse.Builder().addHeader("Content-Type", "application/json");
    if (this == CONTENT_LENGTH) {
      return answer.body(json).build();
    }
    return http2
        ? answer.body(json).removeHeader("Content-Length").build()
        : answer.chunkedBody(json, CHUNK).build();
  }
}
