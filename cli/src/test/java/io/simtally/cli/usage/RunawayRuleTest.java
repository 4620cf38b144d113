package io.simtally.cli.usage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RunawayRuleTest {

  private static final long MB = 1_000_000;

  @Test
  void findsALastDayOfTenTimesTheMedian() {
    assertThat(RunawayRule.isRunaway(20 * MB, days(2 * MB, 2 * MB, 2 * MB, 2 * MB))).isTrue();
    assertThat(RunawayRule.isRunaway(20 * MB - 1, days(2 * MB, 2 * MB, 2 * MB, 2 * MB))).isFalse();
  }

  @Test
  void isNotMisledByAnEarlierBurst() {
    assertThat(RunawayRule.isRunaway(50 * MB, days(MB, MB, MB, 900 * MB))).isTrue();
  }

  @Test
  void leavesSmallAmountsAlone() {
    assertThat(RunawayRule.isRunaway(10 * MB, days(1, 1, 1, 1))).isTrue();
    assertThat(RunawayRule.isRunaway(10 * MB - 1, days(1, 1, 1, 1))).isFalse();
  }

  @Test
  void needsFiveDays() {
    assertThat(RunawayRule.isRunaway(50 * MB, days(1, 1, 1))).isFalse();
    assertThat(RunawayRule.isRunaway(50 * MB, days(1, 1, 1, 1))).isTrue();
    assertThat(RunawayRule.isRunaway(50 * MB, days())).isFalse();
  }

  @Test
  void countsADeviceThatWasIdle() {
    assertThat(RunawayRule.isRunaway(10 * MB, days(0, 0, 0, 0))).isTrue();
  }

  @Test
  void judgesTheGreatestCounts() {
    long huge = Long.MAX_VALUE;
    assertThat(RunawayRule.isRunaway(huge, days(huge, huge, huge, huge))).isFalse();
    assertThat(RunawayRule.isRunaway(huge, days(1, 1, 1, 1))).isTrue();
  }

  @Test
  void averagesTheMiddleOfAnEvenNumber() {
    assertThat(RunawayRule.median(days(1, 3, 8, 100))).isEqualTo(5);
    assertThat(RunawayRule.median(days(1, 3, 100))).isEqualTo(3);
    assertThat(RunawayRule.median(days(Long.MAX_VALUE - 2, Long.MAX_VALUE)))
        .isEqualTo(Long.MAX_VALUE - 1);
  }

  private static long[] days(long... bytes) {
    return bytes;
  }
}
