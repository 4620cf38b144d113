package io.simtally.simulator;

/** An expired credential. Each provider refuses it with its own error. */
public enum ExpiredCredential implements Fault {
  /** The bearer token, or the only one: {@link Fault#expiredToken()}. */
  TOKEN("expiredToken"),
  /** The session of ThingSpace M2M: {@link Fault#expiredSession()}. */
  SESSION("expiredSession");

  private final String factory;

  ExpiredCredential(String factory) {
    this.factory = factory;
  }

  @Override
  public String toString() {
    return "Fault." + factory;
  }
}
