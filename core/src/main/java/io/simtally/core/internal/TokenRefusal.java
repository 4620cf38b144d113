package io.simtally.core.internal;

/** Whether a call may succeed with another token after the provider refused its token. */
public enum TokenRefusal {
  /** No other token is available, or the provider would refuse it as well. */
  FINAL,
  /** The token was an older one: the newest has not been tried. */
  OUTDATED,
  /** The token was the newest one: the next attempt refreshes it. */
  REFRESHABLE
}
