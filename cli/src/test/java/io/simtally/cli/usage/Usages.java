package io.simtally.cli.usage;

import io.simtally.core.UsageRecord;
import java.time.Duration;
import java.time.Instant;

/** Records of a carrier that exists in tests only. */
public final class Usages {
  private Usages() {}

  public static UsageRecord usage(String subject, String start, long bytes) {
    return new UsageRecord(
        "fake", subject, Instant.parse(start), Duration.ofDays(1), bytes, null, null, null);
  }
}
