/** What all Simtally provider modules share. */
module io.simtally.core {
  requires transitive okhttp3;
  requires com.squareup.moshi;
  requires kotlin.stdlib;
  requires okio;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports io.simtally.core;
}
