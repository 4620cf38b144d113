package io.simtally.cli.usage;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.store.ClosedPeriod;
import io.simtally.fleet.store.Correction;
import io.simtally.fleet.store.Coverage;
import io.simtally.fleet.store.DailyUsage;
import io.simtally.fleet.store.Failure;
import io.simtally.fleet.store.MonthlyUsage;
import io.simtally.fleet.store.StoredAccount;
import io.simtally.fleet.store.StoredDevice;
import io.simtally.fleet.store.StoredRecord;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A reader of a store as of a moment. It has one record for each day of a device with usage, and no
 * failures, since the store keeps neither earlier records nor earlier failures.
 *
 * @param store the store; this reader does not close it
 */
public record AsOfReader(UsageReader store, Instant moment) implements UsageReader {
  private static final Duration DAY = Duration.ofDays(1);

  private UsageQuery asOf(UsageQuery query) {
    return query.asOf(moment);
  }

  @Override
  public List<Coverage> coverage(
      String provider, String account, Collection<String> subjects, DayRange days) {
    var query = UsageQuery.days(days).provider(provider).account(account);
    var wanted = Set.copyOf(subjects);
    try (var all = coverage(query)) {
      return all.filter(each -> wanted.contains(each.subject())).toList();
    }
  }

  @Override
  public Stream<StoredRecord> usageRecords(UsageQuery query) {
    return dailyUsage(query).map(AsOfReader::record);
  }

  private static StoredRecord record(DailyUsage usage) {
    return new StoredRecord(
        usage.account(),
        new UsageRecord(
            usage.provider(),
            usage.subject(),
            DayRange.of(usage.day()).start(),
            DAY,
            usage.totalBytes(),
            null,
            null,
            null));
  }

  @Override
  public Stream<DailyUsage> dailyUsage(UsageQuery query) {
    return store.dailyUsage(asOf(query));
  }

  @Override
  public Stream<StoredDevice> devices(UsageQuery query) {
    return store.devices(query);
  }

  @Override
  public List<MonthlyUsage> monthlyUsage(UsageQuery query) {
    return store.monthlyUsage(asOf(query));
  }

  @Override
  public Stream<Coverage> coverage(UsageQuery query) {
    // Read before the stream: a reader does not nest its queries.
    var closed = new ClosedDays(store, moment);
    return store.coverage(asOf(query)).flatMap(closed::of);
  }

  @Override
  public Stream<Failure> failures(UsageQuery query) {
    return Stream.of();
  }

  @Override
  public Stream<Correction> corrections(UsageQuery query) {
    return store.corrections(asOf(query));
  }

  @Override
  public List<ClosedPeriod> closedPeriods() {
    return store.closedPeriods().stream().filter(each -> !each.closedAt().isAfter(moment)).toList();
  }

  @Override
  public List<ClosedPeriod.Gap> gaps(ClosedPeriod period) {
    return store.gaps(period);
  }

  @Override
  public Stream<Correction> lateCorrections(ClosedPeriod period) {
    return store.lateCorrections(period).filter(each -> !each.noticedAt().isAfter(moment));
  }

  @Override
  public List<StoredAccount> accounts() {
    return store.accounts().stream().filter(each -> !each.firstReadAt().isAfter(moment)).toList();
  }

  @Override
  public Optional<DayRange> days() {
    return store.days();
  }

  @Override
  public void close() {
    // The caller closes the store.
  }
}
