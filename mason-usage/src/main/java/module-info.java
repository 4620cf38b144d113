/** Client of the Mason Connectivity Usage API: how much data SIMs used per month and per day. */
module io.simtally.mason {
  requires transitive io.simtally.core;
  requires com.squareup.moshi;
  requires kotlin.stdlib;
  requires okio;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports io.simtally.mason;
}
