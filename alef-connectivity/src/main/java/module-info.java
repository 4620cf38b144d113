/** Client of the Alef Connectivity service: reports of time, bandwidth and bytes. */
module io.simtally.alef {
  requires transitive io.simtally.core;
  requires com.squareup.moshi;
  requires kotlin.stdlib;
  requires okio;
  requires static transitive org.jspecify;

  exports io.simtally.alef;
}
