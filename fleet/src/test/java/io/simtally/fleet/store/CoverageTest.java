package io.simtally.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.core.DayRange;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class CoverageTest {
  @Test
  void aDayIsSettledWhenItWasReadSoManyDaysAfterItsEnd() {
    // Read exactly three days after the end of 10 January.
    var read = coverage("2026-01-01", "2026-01-12", "2026-01-14T00:00:00Z");

    assertThat(read.settled(3)).contains(range("2026-01-01", "2026-01-10"));
    assertThat(coverage("2026-01-01", "2026-01-12", "2026-01-13T23:59:59.999999Z").settled(3))
        .contains(range("2026-01-01", "2026-01-09"));
    assertThat(read.settled(0)).contains(range("2026-01-01", "2026-01-12"));
    assertThat(read.settled(12)).contains(range("2026-01-01", "2026-01-01"));
    assertThat(read.settled(13)).isEmpty();
  }

  private static Coverage coverage(String from, String to, String readAt) {
    return new Coverage(
        "mason-usage", "mason-eu", "8944500000000000001", range(from, to), Instant.parse(readAt));
  }

  private static DayRange range(String from, String to) {
    return DayRange.of(LocalDate.parse(from), LocalDate.parse(to));
  }
}
