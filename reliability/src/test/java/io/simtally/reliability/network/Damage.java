package io.simtally.reliability.network;

/** What a connection suffers. */
enum Damage {
  /** Everything stops for a while, then goes on. */
  DELAY,
  /** The client's side ends in order, as TCP sees it: a FIN. */
  CUT,
  /** The client's side ends by an RST. */
  RESET,
  /** All that follows is lost, but the connection stays open. */
  STALL
}
