/** What all Simtally provider modules share: transport, credentials, errors, paging. */
@SuppressWarnings("module") // core is compiled before the modules it exports to.
module io.simtally.core {
  requires transitive okhttp3;
  requires com.squareup.moshi;
  requires kotlin.stdlib;
  requires okio;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports io.simtally.core;
  exports io.simtally.core.auth;
  exports io.simtally.core.internal to
      io.simtally.alef,
      io.simtally.fleet,
      io.simtally.iotx,
      io.simtally.mason,
      io.simtally.micrometer,
      io.simtally.thingspace.hyperprecise,
      io.simtally.thingspace.m2m;
  exports io.simtally.core.internal.usage to
      io.simtally.alef,
      io.simtally.iotx,
      io.simtally.mason,
      io.simtally.thingspace.hyperprecise,
      io.simtally.thingspace.m2m;
}
