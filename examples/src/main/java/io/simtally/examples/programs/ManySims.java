package io.simtally.examples.programs;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.mason.MasonUsage;
import java.util.stream.Stream;

/** Prints the sum of several SIMs in the last week, which are read at once. */
public final class ManySims {
  private ManySims() {}

  // #region program
  public static void main(String... iccids) {
    var week = DayRange.last(7);
    try (var mason = MasonUsage.fromEnv()) {
      var readings =
          Stream.of(iccids)
              .map(iccid -> mason.seriesSimUsage(iccid).days(week).usageRecordsAsync())
              .toList();
      var records = readings.stream().flatMap(each -> each.join().stream());
      System.out.println(records.mapToLong(UsageRecord::totalBytes).sum() + " bytes");
    }
  }
  // #endregion program
}
