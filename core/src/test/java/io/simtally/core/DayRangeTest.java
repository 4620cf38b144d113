package io.simtally.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class DayRangeTest {

  @Test
  void lastsFromTheFirstMidnightInUtcToTheOneAfterTheLastDay() {
    var days = range("2026-02-27", "2026-03-01");

    assertThat(days.start()).isEqualTo(Instant.parse("2026-02-27T00:00:00Z"));
    assertThat(days.end()).isEqualTo(Instant.parse("2026-03-02T00:00:00Z"));
    assertThat(days.days()).isEqualTo(3);
    assertThat(days.each())
        .extracting(LocalDate::toString)
        .containsExactly("2026-02-27", "2026-02-28", "2026-03-01");
    assertThat(days.contains(Instant.parse("2026-02-26T23:59:59.999999999Z"))).isFalse();
    assertThat(days.contains(days.start())).isTrue();
    assertThat(days.contains(Instant.parse("2026-03-01T23:59:59.999999999Z"))).isTrue();
    assertThat(days.contains(days.end())).isFalse();
    assertThat(days.contains(LocalDate.parse("2026-03-01"))).isTrue();
    assertThat(days.contains(LocalDate.parse("2026-03-02"))).isFalse();
    assertThat(days).hasToString("2026-02-27 to 2026-03-01");
    assertThat(DayRange.of(LocalDate.parse("2026-03-01"))).hasToString("2026-03-01");
  }

  @Test
  void countsTheLastWholeDaysInUtcWhateverTheZoneOfTheClock() {
    // 23:59 of the 5th in UTC is the 6th in Tokyo.
    var clock =
        Clock.fixed(Instant.parse("2026-03-05T23:59:59.999999999Z"), ZoneId.of("Asia/Tokyo"));

    assertThat(DayRange.last(1, clock)).isEqualTo(range("2026-03-04", "2026-03-04"));
    assertThat(DayRange.last(30, clock)).isEqualTo(range("2026-02-03", "2026-03-04"));
    assertThat(DayRange.last(7).days()).isEqualTo(7);
    assertThatThrownBy(() -> DayRange.last(0, clock))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("days is not positive: 0");
    assertThatThrownBy(() -> DayRange.last(Integer.MAX_VALUE, clock))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DayRange.last(1, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("clock is null");
    var firstDay = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    assertThat(DayRange.last(31, firstDay)).isEqualTo(DayRange.of(YearMonth.of(2025, 12)));
  }

  @Test
  void holdsAllDaysOfAMonth() {
    assertThat(DayRange.of(YearMonth.of(2028, 2))).isEqualTo(range("2028-02-01", "2028-02-29"));
    assertThatThrownBy(() -> DayRange.of((YearMonth) null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("month is null");
  }

  @Test
  void sharesTheDaysThatBothHave() {
    var days = range("2026-01-05", "2026-01-10");

    assertThat(days.overlap(range("2026-01-10", "2026-01-12")))
        .contains(range("2026-01-10", "2026-01-10"));
    assertThat(days.overlap(range("2026-01-01", "2026-01-31"))).contains(days);
    assertThat(days.overlap(range("2026-01-11", "2026-01-12"))).isEmpty();
  }

  @Test
  void leavesOutOtherDaysInWhateverOrderTheyCome() {
    var days = range("2026-01-05", "2026-01-10");

    assertThat(days.without(List.of())).containsExactly(days);
    assertThat(days.without(List.of(range("2026-01-01", "2026-01-31")))).isEmpty();
    assertThat(
            days.without(
                List.of(
                    range("2026-01-09", "2026-01-20"),
                    range("2026-01-06", "2026-01-07"),
                    range("2026-01-06", "2026-01-06"),
                    range("2025-12-01", "2025-12-31"))))
        .containsExactly(range("2026-01-05", "2026-01-05"), range("2026-01-08", "2026-01-08"));
  }

  @Test
  void refusesToEndBeforeItStarts() {
    assertThatThrownBy(() -> range("2026-01-02", "2026-01-01"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("to (2026-01-01) is before from (2026-01-02)");
    assertThatThrownBy(() -> DayRange.of(LocalDate.MIN, LocalDate.MAX))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("years 1 to 9999");
    assertThatThrownBy(() -> DayRange.of(null, LocalDate.EPOCH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("from is null");
  }

  private static DayRange range(String from, String to) {
    return DayRange.of(LocalDate.parse(from), LocalDate.parse(to));
  }
}
