package io.simtally.examples.fleet;

/**
 * A device that a carrier is asked about.
 *
 * @param kind what the identifier is, for example {@code iccid}
 * @param id the identifier
 */
record Device(String kind, String id) {

  @Override
  public String toString() {
    return kind + " " + id;
  }
}
