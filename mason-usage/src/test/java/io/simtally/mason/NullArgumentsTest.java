package io.simtally.mason;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NullArgumentsTest {
  private static final OffsetDateTime TIME = OffsetDateTime.parse("2020-08-01T00:00:00Z");

  @ParameterizedTest
  @MethodSource
  void namesWhatIsNull(String name, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name + " is null");
  }

  static List<Arguments> namesWhatIsNull() {
    return List.of(
        arguments("date", (ThrowingCallable) () -> new Usage(null, 1, 2, 3, "bytes")),
        arguments("unit", (ThrowingCallable) () -> new Usage(TIME, 1, 2, 3, null)),
        arguments("usage", (ThrowingCallable) () -> new AggregateUsage(null, null, null)),
        arguments("iccid", (ThrowingCallable) () -> new Sim(null)),
        arguments("key", (ThrowingCallable) () -> new Marker(null, "D450")),
        arguments("value", (ThrowingCallable) () -> new Marker("device-type", null)),
        arguments("items", (ThrowingCallable) () -> new UsagePage(null)),
        arguments(
            "next", (ThrowingCallable) () -> new UsagePage(List.of(), null, Optional.empty())),
        arguments(
            "previous",
            (ThrowingCallable) () -> new AggregateUsagePage(List.of(), Optional.empty(), null)),
        arguments(
            "subject",
            (ThrowingCallable) () -> new Usage(TIME, 1, 2, 3, "bytes").dailyUsageRecord(null)));
  }
}
