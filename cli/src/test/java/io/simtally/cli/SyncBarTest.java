package io.simtally.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.fleet.sync.SyncProgress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SyncBarTest {
  @Test
  void showsTheProgressOfAList() {
    try (var bar = SyncBar.of(2, false)) {
      bar.listing("mason-usage", "mason-eu", 12_000);
      assertThat(bar.words()).isEqualTo("reading the list of SIMs: 12,000");

      bar.progressed(progress("alef-connectivity", 300, 2, 1_000L));
      assertThat(bar.words())
          .isEqualTo("300 devices, 30/s, 2 failed, reading the list of SIMs: 12,000");

      bar.progressed(progress("mason-usage", 600, 0, 2_000L));
      assertThat(bar.words()).isEqualTo("900 of 3,000 devices, 23 s left, 90/s, 2 failed");
    }
  }

  private static SyncProgress progress(String provider, long done, long failed, long expected) {
    return new SyncProgress(
        provider, "mason-eu", done, 0, failed, 0, expected, Duration.ofSeconds(10));
  }
}
