package io.simtally.simulator;

/** A credential that stops being good; how that is refused differs from provider to provider. */
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
