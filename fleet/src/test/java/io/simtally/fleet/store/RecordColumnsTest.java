package io.simtally.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.core.UsageRecord;
import io.simtally.fleet.store.sql.RecordColumns;
import io.simtally.fleet.store.sql.RecordsBySource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordColumnsTest {
  private static final Instant FIRST = Instant.parse("1969-12-30T00:00:00.000001Z");

  @Test
  void returnsTheRecordsOfADevice() {
    var records = days(i -> record(i, "a", 1L << 40, null, "raw"));

    var copy = RecordColumns.copyOf(records);

    assertThat(copy).isInstanceOf(RecordColumns.class).isEqualTo(records);
    assertThat(RecordColumns.copyOf(copy)).isSameAs(copy);
    records.clear();
    assertThat(copy).hasSize(5);
  }

  @Test
  void copiesRecordsThatDifferInMoreThanTheirFiguresAsTheyAre() {
    for (var records :
        List.of(
            days(i -> record(i, "a" + i, null, null, null)),
            days(i -> record(i, "a", i == 3 ? null : 5L, null, null)),
            days(i -> record(i, "a", null, i == 3 ? 5L : null, null)),
            days(i -> record(i, "a", null, null, i == 3 ? "other" : "raw")),
            days(i -> record(i, "a", null, null, i == 3 ? null : "raw")))) {
      assertThat(RecordColumns.copyOf(records))
          .isNotInstanceOf(RecordColumns.class)
          .isEqualTo(records);
    }
  }

  @Test
  void losesNoNanosecond() {
    var records =
        days(
            i ->
                new UsageRecord(
                    "mason-usage",
                    "a",
                    FIRST.plusNanos(i == 4 ? 1 : 0),
                    null,
                    i,
                    null,
                    null,
                    null));

    assertThat(RecordColumns.copyOf(records))
        .isNotInstanceOf(RecordColumns.class)
        .isEqualTo(records);
  }

  @Test
  void returnsTheRecordsOfEachSourceTogether() {
    var records =
        days(i -> record(i, "a", null, null, i % 2 == 0 ? "raw" : i == 3 ? null : "rated"));

    var copy = RecordsBySource.copyOf(records);

    assertThat(copy)
        .containsExactly(
            records.get(0), records.get(2), records.get(4), records.get(1), records.get(3));
    assertThat(RecordsBySource.copyOf(copy)).isSameAs(copy);
    assertThatThrownBy(() -> copy.get(5)).isInstanceOf(IndexOutOfBoundsException.class);
    records.clear();
    assertThat(copy).hasSize(5);
  }

  @Test
  void keepsTheOrderOfRecordsOfSeveralDevicesOrOneSource() {
    for (var records :
        List.of(
            days(i -> record(i, "a" + i % 2, null, null, i % 2 == 0 ? "raw" : "rated")),
            days(i -> record(i, "a", i % 2 == 0 ? 5L : null, null, "raw")),
            days(i -> record(i, "a", 1L, null, null)),
            List.<UsageRecord>of())) {
      assertThat(RecordsBySource.copyOf(records)).isEqualTo(records);
    }
  }

  private static List<UsageRecord> days(IntFunction<UsageRecord> day) {
    return new ArrayList<>(IntStream.range(0, 5).mapToObj(day).toList());
  }

  private static UsageRecord record(
      int day, String subject, @Nullable Long up, @Nullable Long down, @Nullable String source) {
    return new UsageRecord(
        "mason-usage",
        subject,
        FIRST.plus(Duration.ofDays(day)),
        Duration.ofDays(1),
        day,
        up,
        down,
        source);
  }
}
