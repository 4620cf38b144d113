/** Client of the ThingSpace Hyper-Precise service: the session report of a device. */
module io.simtally.thingspace.hyperprecise {
  requires transitive io.simtally.core;
  requires com.squareup.moshi;
  requires kotlin.stdlib;
  requires okio;
  requires static transitive org.jspecify;

  exports io.simtally.thingspace.hyperprecise;
}
