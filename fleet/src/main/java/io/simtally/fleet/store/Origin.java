package io.simtally.fleet.store;

/** The kind of figures that a store holds. No store holds both kinds. */
public enum Origin {
  /** Figures of carriers. */
  REAL,
  /** Figures of a simulator. */
  SIMULATED;

  /** Returns the word that messages and tables use. */
  String word() {
    return this == REAL ? "real" : "simulated";
  }
}
