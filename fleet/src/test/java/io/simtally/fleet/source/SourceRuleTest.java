package io.simtally.fleet.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.core.UsageRecord;
import io.simtally.fleet.source.SourceRule.Split;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SourceRuleTest {
  private static UsageRecord record(
      String subject, String start, long bytes, @Nullable String source) {
    return new UsageRecord(
        "thingspace-m2m",
        subject,
        Instant.parse(start),
        Duration.ofDays(1),
        bytes,
        null,
        null,
        source);
  }

  @Test
  void theLargestSourceOfEachDayAndSubjectCounts() {
    var estimate = record("a", "2026-01-01T00:00:00Z", 100, "Raw Usage");
    var rated = record("a", "2026-01-01T00:00:00Z", 60, "Usage Feed");
    var otherPlan = record("a", "2026-01-01T00:00:00Z", 50, "Usage Feed");
    var nextDay = record("a", "2026-01-02T00:00:00Z", 10, "Usage Feed");
    var otherDevice = record("b", "2026-01-01T00:00:00Z", 1, "Raw Usage");

    var split = SourceRule.LARGEST.split(List.of(estimate, rated, otherPlan, nextDay, otherDevice));

    // The two rows of one source are parts of its figure, 110.
    assertThat(split)
        .isEqualTo(new Split(List.of(rated, otherPlan, nextDay, otherDevice), List.of(estimate)));
  }

  @Test
  void ofEqualSourcesTheFirstByNameCounts() {
    var feed = record("a", "2026-01-01T00:00:00Z", 5, "Usage Feed");
    var raw = record("a", "2026-01-01T23:00:00Z", 5, "Raw Usage");

    assertThat(SourceRule.LARGEST.split(List.of(feed, raw)).counted()).containsExactly(raw);
    assertThat(SourceRule.LARGEST.split(List.of(raw, feed)).counted()).containsExactly(raw);
  }

  @Test
  void aRecordWithoutASourceIsASourceOfItsOwn() {
    var unnamed = record("a", "2026-01-01T00:00:00Z", 9, null);
    var raw = record("a", "2026-01-01T00:00:00Z", 5, "Raw Usage");

    assertThat(SourceRule.LARGEST.split(List.of(raw, unnamed)))
        .isEqualTo(new Split(List.of(unnamed), List.of(raw)));
  }

  @Test
  void allRecordsOfOneSourceCount() {
    var one = record("a", "2026-01-01T00:00:00Z", 9, null);
    var same = record("a", "2026-01-01T00:00:00Z", 5, null);

    assertThat(SourceRule.LARGEST.split(List.of(one, same)))
        .isEqualTo(new Split(List.of(one, same), List.of()));
    assertThat(SourceRule.LARGEST.split(List.of())).isEqualTo(new Split(List.of(), List.of()));
  }

  @Test
  void theSumHasAllSources() {
    var estimate = record("a", "2026-01-01T00:00:00Z", 100, "Raw Usage");
    var rated = record("a", "2026-01-01T00:00:00Z", 60, "Usage Feed");

    assertThat(SourceRule.SUM.split(List.of(estimate, rated)))
        .isEqualTo(new Split(List.of(estimate, rated), List.of()));
  }
}
