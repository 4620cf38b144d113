package io.simtally.reliability.network;

/** The phase of a call in which a fault occurs, in chronological order. */
enum Phase {
  /** The connection is open and no byte was sent. */
  CONNECTED,
  /** The client has sent its part of the TLS handshake and waits for the server's. */
  TLS_HELLO,
  /** Sixty bytes of the server's part of the TLS handshake have reached the client. */
  TLS_HALF_SERVER_HELLO,
  /** Half of the request has reached the server. */
  HALF_REQUEST,
  /** The server has the request; the client has no byte of the response. */
  BEFORE_FIRST_BYTE,
  /** The client has half of the response's head. */
  HALF_HEADERS,
  /** The client has the head and half of the body. */
  HALF_BODY,
  /** The client has all but one byte. */
  BEFORE_LAST_BYTE,
  /** The client has the response, and the connection is idle. */
  IDLE;

  boolean isHandshake() {
    return this == TLS_HELLO || this == TLS_HALF_SERVER_HELLO;
  }

  /** Returns whether the server has received the request in this phase. */
  boolean isAfterRequest() {
    return compareTo(HALF_REQUEST) > 0;
  }

  /** Returns the number of response bytes that the client receives before this phase. */
  int bytesOf(Piece answer) {
    return switch (this) {
      case BEFORE_FIRST_BYTE -> 0;
      case HALF_HEADERS -> answer.headLength() / 2;
      case HALF_BODY -> (answer.headLength() + answer.length()) / 2;
      case BEFORE_LAST_BYTE -> answer.length() - 1;
      default -> answer.length();
    };
  }
}
