package io.simtally.iotx;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NullArgumentsTest {
  private static final OffsetDateTime TIME = OffsetDateTime.parse("2020-08-01T00:00:00Z");
  private static final TreeMap<OffsetDateTime, Long> NONE = new TreeMap<>();

  @ParameterizedTest
  @MethodSource
  void namesWhatIsNull(String name, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name + " is null");
  }

  static List<Arguments> namesWhatIsNull() {
    return List.of(
        refused("mobileOriginated", () -> new DataUsageByDirection(null, NONE)),
        refused("mobileTerminated", () -> new DataUsageByDirection(NONE, null)),
        refused("subscriberDataUsage", () -> new DataUsageBySubscriber(null, 1L)),
        refused("content", () -> new SessionCount(null)),
        refused("content", () -> new DataUsageByNetworkProtocol(null)),
        refused("dataUsageByIp", () -> new DataUsageByIpAddress(null, 1L)),
        refused("subject", () -> new DataUsageByDirection(NONE, NONE).usageRecords(null)),
        refused("endDate", () -> new DataUsageBySubscriber(Map.of(), 1L).usageRecords(TIME, null)),
        refused(
            "startDate",
            () -> new DataUsageByIpAddress(Map.of(), 1L).usageRecords("a", null, TIME)));
  }

  private static Arguments refused(String name, ThrowingCallable call) {
    return arguments(name, call);
  }
}
