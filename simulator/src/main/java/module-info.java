/** The providers, simulated, for examples and for users' own tests. */
module io.simtally.simulator {
  requires transitive mockwebserver3;
  requires transitive okhttp3;
  requires com.squareup.moshi;
  requires kotlin.stdlib;
  requires okio;
  requires static transitive org.jspecify;

  exports io.simtally.simulator;
  exports io.simtally.simulator.alef;
  exports io.simtally.simulator.carriers;
  exports io.simtally.simulator.iotx;
  exports io.simtally.simulator.mason;
  exports io.simtally.simulator.thingspace;
}
