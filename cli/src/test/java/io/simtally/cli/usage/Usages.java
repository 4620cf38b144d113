package io.simtally.cli.usage;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.store.Coverage;
import io.simtally.fleet.store.Failure;
import java.time.Duration;
import java.time.Instant;

/** Records of a carrier that exists only in tests. */
public final class Usages {
  /** A carrier with readings of the account that name each device. */
  public static final CarrierTerms TERMS =
      new CarrierTerms("Fake", new AccountRow("fake", "lab"), 3, null, true);

  private Usages() {}

  /** Returns days of a device that were read late enough to be settled. */
  public static Coverage coverage(String subject, DayRange days) {
    return new Coverage("fake", "lab", subject, days, Instant.parse("2027-01-01T00:00:00Z"));
  }

  public static Failure failure(String subject, DayRange days, String message) {
    return new Failure(
        "fake", "lab", subject, days, "NOT_FOUND", message, Instant.parse("2026-04-01T00:00:00Z"));
  }

  public static UsageRecord usage(String subject, String start, long bytes) {
    return new UsageRecord(
        "fake", subject, Instant.parse(start), Duration.ofDays(1), bytes, null, null, null);
  }
}
