package io.simtally.examples.programs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.mason.MasonUsage;
import io.simtally.simulator.Fault;
import io.simtally.simulator.Sample;
import io.simtally.simulator.junit.SimtallyExtension;
import io.simtally.simulator.mason.MasonSimulator;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

// #region program
@ExtendWith(SimtallyExtension.class)
final class UsageOfAWeekTest {
  @Test
  void addsUpAllDaysAfterAnOutage(MasonSimulator simulator, MasonUsage mason) {
    simulator.next(Fault.serviceUnavailable(), Sample.SERIES_SIM);
    var first = LocalDate.parse("2020-08-01");
    var days = mason.seriesSimUsage("8901").days(DayRange.of(first, first.plusDays(4)));
    var bytes = days.usageRecords().stream().mapToLong(UsageRecord::totalBytes).sum();
    assertEquals(267_037_712L, bytes);
    assertEquals(2, simulator.calls().size());
  }
}
// #endregion program
