/** Client of the IoT-X Analytics service: data usage and sessions of a company's subscribers. */
module io.simtally.iotx {
  requires transitive io.simtally.core;
  requires com.squareup.moshi;
  requires kotlin.stdlib;
  requires okio;
  requires static transitive org.jspecify;

  exports io.simtally.iotx;
}
