package io.simtally.reliability.network;

import java.io.IOException;

/** Takes one direction of a connection apart. */
interface PieceReader {
  /**
   * Waits for the next piece.
   *
   * @throws java.io.EOFException if the connection ends
   */
  Piece next() throws IOException;
}
