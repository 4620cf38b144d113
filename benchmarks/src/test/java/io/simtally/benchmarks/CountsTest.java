package io.simtally.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.simtally.core.internal.Timestamps;
import java.lang.management.ManagementFactory;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counts that are exact on any machine: connections, requests, allocated bytes. */
final class CountsTest {
  private static final int OFTEN = 20_000;

  private LightServer server;
  private Object kept;

  @BeforeEach
  void start() throws Exception {
    server = LightServer.start();
  }

  @AfterEach
  void close() throws Exception {
    server.close();
  }

  @Test
  void opensOneConnectionForEachCallInFlight() throws Exception {
    assertThat(Fleet.run(server.url(), 5, 16, 800, 1).newConnections()).isEqualTo(16);
  }

  @Test
  void requestsEachPageOfAStreamOnceAndNoneAhead() {
    var stream = MasonStream.run(server.url(), 20, false, 20);
    assertThat(stream.rows()).isEqualTo(20 * LightServer.MASON_ROWS);
    assertThat(stream.pagesAhead()).isZero();
    assertThat(stream.requests()).isEqualTo(20);
  }

  @Test
  void requestsOnePageAheadWithPrefetch() {
    var stream = MasonStream.run(server.url(), 20, true, 20);
    assertThat(stream.rows()).isEqualTo(20 * LightServer.MASON_ROWS);
    assertThat(stream.pagesAhead()).isBetween(0, 1);
    assertThat(stream.requests()).isEqualTo(20);
  }

  @Test
  void allocatesNoMoreForATimestampThanTheTimeItself() {
    assertThat(bytesEach("2020-12-01T00:00:00Z")).isLessThanOrEqualTo(72);
    assertThat(bytesEach("2016-12-06T10:30:00+00:00")).isLessThanOrEqualTo(72);
  }

  private long bytesEach(String text) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    parse(text);
    var before = threads.getCurrentThreadAllocatedBytes();
    parse(text);
    return (threads.getCurrentThreadAllocatedBytes() - before) / OFTEN;
  }

  private void parse(String text) {
    for (int i = 0; i < OFTEN; i++) {
      kept = Timestamps.parse(text);
    }
    assertThat(kept).isEqualTo(OffsetDateTime.parse(text));
  }

  @Test
  void allocatesLessThanTwoBytesForAByteOfAPage() throws Exception {
    var decoding = new DecodeBenchmark();
    assertThat(perByte(decoding::thingSpaceSimtally, decoding.bytes("thingSpace")))
        .isLessThanOrEqualTo(2.0);
    assertThat(perByte(decoding::masonSimtally, decoding.bytes("mason"))).isLessThanOrEqualTo(2.0);
  }

  private interface Decoding {
    Object decode() throws Exception;
  }

  private double perByte(Decoding decoding, long bytes) throws Exception {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    kept = decoding.decode();
    var before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 20; i++) {
      kept = decoding.decode();
    }
    return (threads.getCurrentThreadAllocatedBytes() - before) / (20.0 * bytes);
  }
}
