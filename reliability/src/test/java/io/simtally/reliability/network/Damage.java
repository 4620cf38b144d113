package io.simtally.reliability.network;

/** A kind of damage to a connection. */
enum Damage {
  /** Everything stops for a while and then continues. */
  DELAY,
  /** The client's side ends in order, with a FIN. */
  CUT,
  /** The client's side ends with an RST. */
  RESET,
  /** All later bytes are lost, but the connection stays open. */
  STALL
}
