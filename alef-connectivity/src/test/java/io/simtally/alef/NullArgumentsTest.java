package io.simtally.alef;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NullArgumentsTest {
  private static final OffsetDateTime TIME = OffsetDateTime.parse("2020-08-01T00:00:00Z");
  private static final SeriesReport SERIES = new SeriesReport(List.of(), Map.of());

  @ParameterizedTest
  @MethodSource
  void namesWhatIsNull(String name, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name + " is null");
  }

  static List<Arguments> namesWhatIsNull() {
    return List.of(
        arguments(
            "timeStamp",
            (ThrowingCallable) () -> new DataPoint(null, "uplink_bytes", BigDecimal.ONE, null)),
        arguments("name", (ThrowingCallable) () -> new DataPoint(TIME, null, BigDecimal.ONE, null)),
        arguments(
            "value", (ThrowingCallable) () -> new DataPoint(TIME, "uplink_bytes", null, null)),
        arguments("result", (ThrowingCallable) () -> new SeriesReport(null, Map.of())),
        arguments("dimensions", (ThrowingCallable) () -> new SeriesReport(List.of(), null)),
        arguments(
            "metrics", (ThrowingCallable) () -> new SnapshotReport(TIME, TIME, null, Map.of())),
        arguments("metric", (ThrowingCallable) () -> SERIES.series(null, Aggregation.COUNT)),
        arguments("aggregation", (ThrowingCallable) () -> SERIES.series(Metric.JITTER, null)),
        arguments("metric", (ThrowingCallable) () -> SERIES.percentiles(null)),
        arguments(
            "metric",
            (ThrowingCallable)
                () -> new SnapshotReport(TIME, TIME, Map.of(), Map.of()).metric(null)));
  }
}
