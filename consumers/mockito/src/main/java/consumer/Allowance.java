package consumer;

import java.time.LocalDate;

/** A business rule of the user, tested without a provider. */
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
