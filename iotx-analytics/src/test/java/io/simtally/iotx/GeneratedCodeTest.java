package io.simtally.iotx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What generator and templates make of the specification, letter by letter. After a change that is
 * meant, read the difference and copy the generated file over the one in the test resources.
 */
class GeneratedCodeTest {
  @ParameterizedTest
  @ValueSource(strings = {"SubscriberDataUsageRequest.java", "DataUsageBySubscriber.java"})
  void isWhatItWas(String fileName) {
    assertThat(Specification.generated(fileName))
        .isEqualTo(AnalyticsServer.sample(fileName + ".txt"));
  }
}
