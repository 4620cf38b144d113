package io.simtally.alef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpenValueTest {
  @Test
  void writesTheWordsThatAlefDocuments() {
    assertThat(
            Stream.of(
                Metric.TIME_USAGE_SECONDS,
                Metric.UPLINK_BYTES,
                Metric.DOWNLINK_BYTES,
                Metric.UPLINK_BANDWIDTH,
                Metric.DOWNLINK_BANDWIDTH,
                Metric.UE_CONNECTIONS,
                Metric.UE_ONLINE_STATUS,
                Metric.SIM,
                Metric.PACKET_LATENCY,
                Metric.JITTER,
                Metric.PACKET_LOSS))
        .extracting(Object::toString)
        .containsExactly(
            "time_usage_seconds",
            "uplink_bytes",
            "downlink_bytes",
            "uplink_bandwidth",
            "downlink_bandwidth",
            "ue_connections",
            "ue_online_status",
            "sim",
            "packet_latency",
            "jitter",
            "packet_loss");
    assertThat(
            Stream.of(
                Aggregation.COUNT,
                Aggregation.AVG,
                Aggregation.MIN,
                Aggregation.MAX,
                Aggregation.EXISTS))
        .extracting(Object::toString)
        .containsExactly("COUNT", "AVG", "MIN", "MAX", "EXISTS");
    assertThat(Stream.of(Granularity.HOUR, Granularity.DAY))
        .extracting(Object::toString)
        .containsExactly("HOUR", "DAY");
    assertThat(
            Stream.of(
                TimeWindow.NOW,
                TimeWindow.LAST_HOUR,
                TimeWindow.LAST_DAY,
                TimeWindow.LAST_WEEK,
                TimeWindow.LAST_MONTH))
        .extracting(Object::toString)
        .containsExactly("NOW", "LAST HOUR", "LAST DAY", "LAST WEEK", "LAST MONTH");
  }

  static Stream<Function<String, Object>> factories() {
    return Stream.of(Metric::of, Aggregation::of, Granularity::of, TimeWindow::of);
  }

  @ParameterizedTest
  @MethodSource("factories")
  void comparesByTheWord(Function<String, Object> factory) {
    assertThat(factory.apply("Word"))
        .isEqualTo(factory.apply("Word"))
        .hasSameHashCodeAs(factory.apply("Word"))
        .isNotEqualTo(factory.apply("word"))
        .hasToString("Word");
  }

  @ParameterizedTest
  @MethodSource("factories")
  void refusesWordsThatAreNone(Function<String, Object> factory) {
    for (var word : new String[] {null, "", " ", "LAST\nHOUR"}) {
      assertThatThrownBy(() -> factory.apply(word)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
