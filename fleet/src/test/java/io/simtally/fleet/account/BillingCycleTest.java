package io.simtally.fleet.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.core.DayRange;
import java.time.LocalDate;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;

final class BillingCycleTest {
  private static final BillingCycle FIFTH = new BillingCycle(5);

  @Test
  void runsFromItsDayToTheDayBeforeInTheNextMonth() {
    assertThat(FIFTH.of(YearMonth.of(2026, 1))).isEqualTo(days("2026-01-05", "2026-02-04"));
    assertThat(FIFTH.of(YearMonth.of(2026, 12))).isEqualTo(days("2026-12-05", "2027-01-04"));
    assertThat(new BillingCycle(28).of(YearMonth.of(2026, 2)))
        .isEqualTo(days("2026-02-28", "2026-03-27"));
  }

  @Test
  void findsTheCycleOfADay() {
    assertThat(FIFTH.containing(LocalDate.parse("2026-02-04")))
        .isEqualTo(days("2026-01-05", "2026-02-04"));
    assertThat(FIFTH.containing(LocalDate.parse("2026-02-05")))
        .isEqualTo(days("2026-02-05", "2026-03-04"));
    assertThat(FIFTH.containing(LocalDate.parse("2026-01-01")))
        .isEqualTo(days("2025-12-05", "2026-01-04"));
  }

  @Test
  void isACalendarMonthIfItBeginsOnTheFirst() {
    assertThat(BillingCycle.MONTHS.containing(LocalDate.parse("2024-02-29")))
        .isEqualTo(DayRange.of(YearMonth.of(2024, 2)));
  }

  /** Every day of some years is in exactly one cycle, whatever its first day. */
  @Test
  void leavesNoDayOutAndCountsNoneTwice() {
    for (var day = 1; day <= 28; day++) {
      var cycle = new BillingCycle(day);
      var next = cycle.of(YearMonth.of(2023, 1)).from();
      for (var month = YearMonth.of(2023, 1); month.getYear() < 2025; month = month.plusMonths(1)) {
        var days = cycle.of(month);
        assertThat(days.from()).isEqualTo(next);
        assertThat(days.each())
            .allSatisfy(each -> assertThat(cycle.containing(each)).isEqualTo(days));
        next = days.to().plusDays(1);
      }
    }
  }

  @Test
  void refusesADayThatNotEveryMonthHas() {
    assertThatThrownBy(() -> new BillingCycle(29)).hasMessageContaining("1 to 28");
    assertThatThrownBy(() -> new BillingCycle(0)).hasMessageContaining("1 to 28");
  }

  private static DayRange days(String from, String to) {
    return new DayRange(LocalDate.parse(from), LocalDate.parse(to));
  }
}
