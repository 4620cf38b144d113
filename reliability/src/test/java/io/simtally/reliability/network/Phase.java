package io.simtally.reliability.network;

/** When on its way a call meets a fault, in the order in which a connection lives. */
enum Phase {
  /** The connection is open, nothing has gone over it. */
  CONNECTED,
  /** The client has greeted, and waits for the server's part of the TLS handshake. */
  TLS_HELLO,
  /** Sixty bytes of the server's part of the TLS handshake have reached the client. */
  TLS_HALF_SERVER_HELLO,
  /** Half of the request has reached the server. */
  HALF_REQUEST,
  /** The server has the request, the client nothing of the answer. */
  BEFORE_FIRST_BYTE,
  /** The client has half of the answer's head. */
  HALF_HEADERS,
  /** The client has the head and half of the body. */
  HALF_BODY,
  /** The client has all but one byte. */
  BEFORE_LAST_BYTE,
  /** The client has the answer, and the connection waits for the next call. */
  IDLE;

  boolean isHandshake() {
    return this == TLS_HELLO || this == TLS_HALF_SERVER_HELLO;
  }

  /** Whether the server has seen the request by then. */
  boolean isAfterRequest() {
    return compareTo(HALF_REQUEST) > 0;
  }

  /** How many bytes of an answer go through before this phase. */
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
