package io.simtally.reliability.network;

import java.io.IOException;

/** A reader of one direction of a connection. */
interface PieceReader {
  /**
   * Waits for the next piece.
   *
   * @throws java.io.EOFException if the connection ends
   */
  Piece next() throws IOException;
}
