package io.simtally.iotx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares the generated code with the expected code. After an intended change, review the
 * difference and copy the generated file over the one in the test resources.
 */
class GeneratedCodeTest {
  @ParameterizedTest
  @ValueSource(strings = {"SubscriberDataUsageRequest.java", "DataUsageBySubscriber.java"})
  void equalsTheExpectedFile(String fileName) {
    assertThat(Specification.generated(fileName))
        .isEqualTo(AnalyticsServer.sample(fileName + ".txt"));
  }
}
