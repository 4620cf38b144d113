/** Client of the ThingSpace M2M service: the usage history of devices. */
module io.simtally.thingspace.m2m {
  requires transitive io.simtally.core;
  requires com.squareup.moshi;
  requires kotlin.stdlib;
  requires okio;
  requires static transitive org.jspecify;

  exports io.simtally.thingspace.m2m;
}
