package io.simtally.fleet.audit;

import io.simtally.core.ApiException;
import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.UsageSource;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A carrier of the test's own, with a ledger of the true figures. */
public final class MadeSource implements UsageSource {
  /** The bytes of each device on each day; a day without an entry has no usage. */
  final Map<String, TreeMap<LocalDate, Long>> truth = new TreeMap<>();

  /** The readings so far: the device and its days. */
  final Queue<String> asked = new ConcurrentLinkedQueue<>();

  final Set<String> failing = ConcurrentHashMap.newKeySet();
  final Set<String> unlisted = new TreeSet<>();

  private final String provider;
  private final String account;
  private final boolean isWholeAccount;

  int daysAtOnce = Integer.MAX_VALUE;
  @Nullable LocalDate oldest;
  @Nullable RuntimeException listFailure;

  public MadeSource(String provider, String account, boolean isWholeAccount) {
    this.provider = provider;
    this.account = account;
    this.isWholeAccount = isWholeAccount;
  }

  public void add(String device) {
    truth.putIfAbsent(device, new TreeMap<>());
  }

  public void use(String device, LocalDate day, long bytes) {
    truth.computeIfAbsent(device, key -> new TreeMap<>()).put(day, bytes);
  }

  @Override
  public String provider() {
    return provider;
  }

  @Override
  public String account() {
    return account;
  }

  @Override
  public int daysAtOnce() {
    return daysAtOnce;
  }

  @Override
  public @Nullable LocalDate oldestDay(Clock clock) {
    return oldest;
  }

  @Override
  public Iterable<Device> devices(DayRange days) {
    if (listFailure != null) {
      throw listFailure;
    }
    return isWholeAccount
        ? List.of(Device.ACCOUNT)
        : truth.keySet().stream()
            .filter(name -> !unlisted.contains(name))
            .map(name -> new Device("made", name))
            .toList();
  }

  @Override
  public CompletableFuture<List<UsageRecord>> read(Device device, DayRange days) {
    asked.add(device.subject() + " " + days);
    if (failing.contains(device.subject())) {
      return CompletableFuture.failedFuture(
          ApiException.builder(ApiException.Kind.NOT_FOUND)
              .provider(provider)
              .operation("GET /usage")
              .reason("no such device")
              .build());
    }
    var records = new ArrayList<UsageRecord>();
    truth.forEach(
        (name, byDay) -> {
          if (device.isAccount() || device.id().equals(name)) {
            byDay
                .subMap(days.from(), true, days.to(), true)
                .forEach((day, bytes) -> records.add(record(name, day, bytes)));
          }
        });
    return CompletableFuture.completedFuture(records);
  }

  private UsageRecord record(String device, LocalDate day, long bytes) {
    return new UsageRecord(
        provider, device, DayRange.of(day).start(), Duration.ofDays(1), bytes, null, null, null);
  }

  @Override
  public void close() {}
}
