/** Many devices and several carriers: the loop around the calls, and the store of the numbers. */
module io.simtally.fleet {
  requires transitive io.simtally.core;
  requires com.squareup.moshi;
  requires java.sql;
  requires okio;
  requires org.slf4j;
  requires static io.simtally.alef;
  requires static io.simtally.iotx;
  requires static io.simtally.mason;
  requires static io.simtally.thingspace.hyperprecise;
  requires static io.simtally.thingspace.m2m;
  requires static duckdb.jdbc;
  requires static org.postgresql.jdbc;
  requires static transitive org.jspecify;

  exports io.simtally.fleet;
  exports io.simtally.fleet.account;
  exports io.simtally.fleet.alert;
  exports io.simtally.fleet.audit;
  exports io.simtally.fleet.check;
  exports io.simtally.fleet.source;
  exports io.simtally.fleet.store;
  exports io.simtally.fleet.store.sum;
  exports io.simtally.fleet.sync;
}
