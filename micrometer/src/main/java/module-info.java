/** Metrics of all Simtally clients in a Micrometer registry. */
module io.simtally.micrometer {
  requires transitive io.simtally.core;
  requires transitive micrometer.core;
  requires static transitive org.jspecify;

  exports io.simtally.micrometer;
}
