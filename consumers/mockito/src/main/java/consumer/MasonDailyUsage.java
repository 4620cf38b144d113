package consumer;

import io.simtally.mason.MasonUsage;
import io.simtally.mason.Usage;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

// #region adapter
/** The only class that calls Mason. */
public final class MasonDailyUsage implements DailyUsage {
  private final MasonUsage mason;

  public MasonDailyUsage(MasonUsage mason) {
    this.mason = mason;
  }

  @Override
  public long bytes(String iccid, LocalDate day) {
    OffsetDateTime start = day.atStartOfDay().atOffset(ZoneOffset.UTC);
    return mason.seriesSimUsage(iccid).start(start).end(start.plusDays(1)).execute().items().stream()
        .filter(usage -> usage.date().toLocalDate().equals(day))
        .mapToLong(Usage::total)
        .sum();
  }
}
// #endregion adapter
