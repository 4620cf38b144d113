package io.simtally.core.internal;

/** What follows from the refusal of a token. */
public enum Refusal {
  /** No other one can be had, or another would be refused as well. */
  FINAL,
  /** It was an older one: the newest has not been tried. */
  OUTDATED,
  /** It was the newest one, and will be renewed. */
  RENEWED
}
