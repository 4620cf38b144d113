package io.simtally.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The division of a rate limit. Together the executors must not send more. */
final class RateSharesTest {
  @ParameterizedTest
  @CsvSource({
    "100, 1, false, 100, 2147483647",
    "100, 4, false, 400, 2147483647",
    "100, 10, true, 1000, 2147483647",
    "1000, 4, false, 1000, 1",
    "400, 4, false, 800, 2",
    "1000, 4, true, 4000, 2147483647",
    "5000, 3, false, 5000, 1",
  })
  void dividesTheRateAmongTheExecutors(
      long interval, int executors, boolean isSpeculative, long ofExecutor, int tasks) {
    assertThat(RateShares.of(Duration.ofMillis(interval), executors, isSpeculative))
        .isEqualTo(new RateShares(Duration.ofMillis(ofExecutor), tasks));
  }

  @Test
  void namesTheOptionIfThePlatformHidesTheExecutors() {
    try (var spark = LocalSpark.builder().getOrCreate()) {
      var refused = new UnsupportedOperationException("sparkContext() is not supported");

      assertThatThrownBy(() -> RateShares.withoutContext(spark.conf(), refused))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("set the option executors")
          .hasCause(refused);
      assertThat(RateShares.executors(spark, 5)).isEqualTo(5);
    }
    var maximum = LocalSpark.builder().config("spark.dynamicAllocation.maxExecutors", "7");
    try (var spark = maximum.getOrCreate()) {
      assertThat(RateShares.withoutContext(spark.conf(), new LinkageError())).isZero();
    }
  }
}
