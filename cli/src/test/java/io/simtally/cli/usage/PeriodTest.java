package io.simtally.cli.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

final class PeriodTest {

  private final Period period =
      new Period(LocalDate.parse("2026-02-27"), LocalDate.parse("2026-03-02"));

  @Test
  void includesItsLastDay() {
    assertThat(period.length()).isEqualTo(4);
    assertThat(period.contains(Instant.parse("2026-02-27T00:00:00Z"))).isTrue();
    assertThat(period.contains(Instant.parse("2026-03-02T23:59:59.999Z"))).isTrue();
    assertThat(period.contains(Instant.parse("2026-03-03T00:00:00Z"))).isFalse();
    assertThat(period.contains(Instant.parse("2026-02-26T23:59:59Z"))).isFalse();
  }

  @Test
  void countsDaysFromItsFirst() {
    assertThat(period.dayOf(Instant.parse("2026-02-28T23:59:59Z"))).isEqualTo(1);
    assertThat(period.date(2)).isEqualTo("2026-03-01");
  }

  @Test
  void refusesAnEndBeforeTheStart() {
    assertThatThrownBy(
            () -> new Period(LocalDate.parse("2026-03-02"), LocalDate.parse("2026-03-01")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the period ends (2026-03-01) before it starts (2026-03-02)");
  }

  @Test
  void allowsAYearAndNotMore() {
    LocalDate start = LocalDate.parse("2024-01-01");
    assertThat(new Period(start, LocalDate.parse("2024-12-31")).length()).isEqualTo(366);
    assertThatThrownBy(() -> new Period(start, LocalDate.parse("2025-01-01")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("longer than 366 days");
  }
}
