package io.simtally.thingspace.m2m;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.OffsetDateTime;
import java.util.List;
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
        arguments(
            "timestamp",
            (ThrowingCallable) () -> new DailyUsage(null, 1, 0, null, null, List.of())),
        arguments(
            "extendedAttributes",
            (ThrowingCallable) () -> new DailyUsage(TIME, 1, 0, null, null, null)),
        arguments("key", (ThrowingCallable) () -> new ExtendedAttribute(null, "0")),
        arguments("usageHistory", (ThrowingCallable) () -> new UsageHistory(null, null, false)),
        arguments("next", (ThrowingCallable) () -> new UsageHistory(null, List.of(), false, null)),
        arguments(
            "subject",
            (ThrowingCallable)
                () -> new DailyUsage(TIME, 1, 0, null, null, List.of()).usageRecord(null)));
  }
}
