package consumer;

import java.time.LocalDate;

/** A rule of the user's business, which no provider has to answer for in its test. */
public final class Allowance {
  private final DailyUsage usage;
  private final long bytesPerDay;

  public Allowance(DailyUsage usage, long bytesPerDay) {
    this.usage = usage;
    this.bytesPerDay = bytesPerDay;
  }

  public boolean isExceeded(String iccid, LocalDate day) {
    return usage.bytes(iccid, day) > bytesPerDay;
  }
}
