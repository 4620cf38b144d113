package io.simtally.thingspace.hyperprecise;

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
        arguments("sessions", (ThrowingCallable) () -> new SessionReport(null, "1", "2")),
        arguments("startTime", (ThrowingCallable) () -> new Session(null, TIME, 1)),
        arguments("endTime", (ThrowingCallable) () -> new Session(TIME, null, 1)),
        arguments(
            "subject", (ThrowingCallable) () -> new Session(TIME, TIME, 1).usageRecord(null)));
  }
}
