package io.simtally.examples.programs;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.UsageSource;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongBiFunction;

// #region program
/** A carrier of the user's own, whose client returns the bytes of a SIM on a day. */
public record OwnCarrier(
    String provider, List<Device> sims, ToLongBiFunction<Device, LocalDate> client)
    implements UsageSource {
  @Override
  public Iterable<Device> devices(DayRange days) {
    return sims;
  }

  @Override
  public CompletableFuture<List<UsageRecord>> read(Device sim, DayRange days) {
    return CompletableFuture.supplyAsync(
        () -> days.each().stream().map(day -> usage(sim, day)).toList());
  }

  private UsageRecord usage(Device sim, LocalDate day) {
    return UsageRecord.ofDay(provider, sim.subject(), day, client.applyAsLong(sim, day));
  }
}
// #endregion program
