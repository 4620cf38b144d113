package io.simtally.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Checks that all benchmarks start and that all contestants return the same results. It measures no
 * time.
 */
final class SmokeTest {
  private LightServer server;

  @BeforeEach
  void start() throws Exception {
    server = LightServer.start();
  }

  @AfterEach
  void close() throws Exception {
    server.close();
  }

  @Test
  void decodersAgree() throws Exception {
    new DecodeBenchmark().check();
    new TimestampBenchmark().check();
  }

  @Test
  void jmhBenchmarksRun() throws Exception {
    assertThat(DecodeRun.smoke().names())
        .contains("thingSpaceSimtally", "masonJackson", "iotxMoshi", "timestampJdk")
        .hasSize(16);
  }

  @Test
  void contestantsOfTheRotationsAgree() throws Exception {
    Rotation.run("chain", ChainCalls.all(server.url()), 1, 1, 1);
    Rotation.run("ThingSpace call", ThingSpaceCalls.all(server.url()), 1, 1, 1);
    Rotation.run("IoT-X call", IotxCalls.all(server.url()), 1, 1, 1);
  }

  @Test
  void startsColdInASeparateProcess() throws Exception {
    var table = new Table();
    try (var process = ServerProcess.start()) {
      ColdStart.run(process.url(), 1).report(table);
    }
    assertThat(table.toString()).contains("cold start", "java.net.http");
  }

  @Test
  void countsTheConnectionsOfAFleet() throws Exception {
    var table = new Table();
    Fleet.run(server.url(), 1, 8, 200, 1).report(table);
    assertThat(table.toString()).contains("new connections | 8 | 8 | met");
  }

  @Test
  void bothStoresReturnTheWrittenRecords() throws Exception {
    var table = new Table();
    StoreRun.run(20, table);
    assertThat(table.toString()).contains("Store, 20 devices × 30 days", "first run, rows/s");
  }

  @Test
  void syncsAndReadsNoSettledDayAgain() throws Exception {
    var table = new Table();
    try (var process = ServerProcess.start()) {
      SyncRun.run(process.url(), 200, 1, 500, 2_000, table);
    }
    assertThat(table.toString())
        .contains(
            "settled store of 500 devices: requests | 0 | 0 | met",
            "three days read again: requests | 200 | 200 | met",
            "live heap with 2,000 devices");
  }

  @Test
  void migratesAStoreOfTheFirstSchema() throws Exception {
    var table = new Table();
    MigrationRun.run(20, table);
    assertThat(table.toString()).contains("from schema 1, 600 records", "MiB after");
  }

  @Test
  void refusesAContestantWithAnotherResult() {
    var agreement = Agreement.of("work").add("one", 1);
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> agreement.add("other", 2))
        .hasMessage("work: other and one do not agree");
  }
}
