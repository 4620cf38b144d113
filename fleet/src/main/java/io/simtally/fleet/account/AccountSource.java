package io.simtally.fleet.account;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.SourceRule;
import io.simtally.fleet.source.UsageSource;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The source of a carrier under the name and with the settings of an account.
 *
 * @param source the source of the carrier
 * @param account the name of the account
 * @param settling the settling time of the account, empty for that of the source
 * @param sourceRule which sources count in the totals of the account
 */
record AccountSource(
    UsageSource source, String account, OptionalInt settling, SourceRule sourceRule)
    implements UsageSource {
  @Override
  public String provider() {
    return source.provider();
  }

  @Override
  public Iterable<Device> devices(DayRange days) {
    return source.devices(days);
  }

  @Override
  public Iterable<Device> devices(DayRange days, LongConsumer named) {
    return source.devices(days, named);
  }

  @Override
  public Optional<String> discoveredKind() {
    return source.discoveredKind();
  }

  @Override
  public int daysAtOnce() {
    return source.daysAtOnce();
  }

  @Override
  public int settleAfterDays() {
    return settling.orElseGet(source::settleAfterDays);
  }

  @Override
  public String settleReason() {
    return settling.isPresent()
        ? "the configuration file sets settle_after_days"
        : source.settleReason();
  }

  @Override
  public @Nullable LocalDate oldestDay(Clock clock) {
    return source.oldestDay(clock);
  }

  @Override
  public CompletableFuture<List<UsageRecord>> read(Device device, DayRange days) {
    return source.read(device, days);
  }

  @Override
  public void close() {
    source.close();
  }
}
