package io.simtally.cli;

import io.simtally.cli.usage.ByteCount;
import io.simtally.cli.usage.CarrierFailure;
import io.simtally.cli.usage.CarrierTally;
import io.simtally.cli.usage.CarrierUsage;
import io.simtally.cli.usage.FleetCoverage;
import io.simtally.cli.usage.FleetUsage;
import io.simtally.cli.usage.MonthTotal;
import io.simtally.cli.usage.Overlap;
import io.simtally.cli.usage.Period;
import io.simtally.core.DayRange;
import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.fleet.store.Coverage;
import io.simtally.fleet.store.Failure;
import io.simtally.fleet.store.UsageStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the figures of a report of what a store holds. */
final class StoredUsage {
  /** Days after its end until which a day's figures may still be corrected. */
  private static final int SETTLE_AFTER_DAYS = 3;

  private final UsageStore store;
  private final CommandContext surroundings;
  private final ListedDevices listed;
  private final List<CarrierFailure> failures;
  private final Period period;
  private final Map<String, CarrierTally> tallies = new LinkedHashMap<>();
  private final Map<String, Covered> covered = new HashMap<>();
  private final Map<String, List<String>> refused = new HashMap<>();
  private final Map<String, RuntimeException> failed = new LinkedHashMap<>();
  private final Map<String, List<String>> notes = new HashMap<>();

  /** What has been read of a carrier. */
  private static final class Covered {
    final Set<String> subjects = new HashSet<>();
    boolean account;
    int notSettled;
  }

  StoredUsage(
      UsageStore store,
      CommandContext surroundings,
      ListedDevices listed,
      List<CarrierFailure> failures,
      Period period) {
    this.store = store;
    this.surroundings = surroundings;
    this.listed = listed;
    this.failures = failures;
    this.period = period;
  }

  FleetUsage read(boolean simulated) {
    store.coverage(period.days(), this::cover);
    store.records(period.days(), record -> tally(record.provider()).add(record));
    store.failures(this::fail);
    // A carrier that failed as a whole is told of as such, not by the devices it was asked about.
    refused.keySet().stream()
        .filter(provider -> !failed.containsKey(provider))
        .forEach(provider -> covered.computeIfAbsent(provider, each -> new Covered()));
    correct();
    var all = new ArrayList<CarrierUsage>();
    covered.keySet().stream().sorted(this::inOrder).forEach(provider -> all.add(usage(provider)));
    var unread = new ArrayList<>(failures);
    failed.forEach(
        (provider, why) -> {
          var name = Simtally.nameOf(provider);
          if (!covered.containsKey(provider)
              && unread.stream().noneMatch(each -> each.carrier().equals(name))) {
            unread.add(new CarrierFailure(name, why));
          }
        });
    return new FleetUsage(period, surroundings.clock().instant(), simulated, all, unread, months());
  }

  private CarrierTally tally(String provider) {
    return tallies.computeIfAbsent(
        provider, each -> new CarrierTally(Simtally.nameOf(each), each, period));
  }

  private void cover(Coverage coverage) {
    var carrier = covered.computeIfAbsent(coverage.provider(), provider -> new Covered());
    if (coverage.subject().equals(UsageStore.ACCOUNT)) {
      carrier.account = true;
    } else {
      carrier.subjects.add(coverage.subject());
    }
    var settled = coverage.settled(SETTLE_AFTER_DAYS).map(DayRange::days).orElse(0L);
    carrier.notSettled = (int) Math.max(carrier.notSettled, coverage.days().days() - settled);
  }

  private void fail(Failure failure) {
    if (failure.days().overlap(period.days()).isEmpty()) {
      return;
    }
    if (failure.subject().equals(UsageStore.ACCOUNT)) {
      failed.put(failure.provider(), new IllegalStateException(failure.message()));
      if (covered.containsKey(failure.provider())) {
        notes(failure.provider()).add("INCOMPLETE: " + failure.message());
        refused(failure.provider()).add(failure.days() + ": " + failure.message());
      }
      return;
    }
    refused(failure.provider()).add(failure.subject() + ": " + failure.message());
  }

  private void correct() {
    var days = new HashMap<String, Long>();
    store.corrections(
        correction -> {
          if (period.days().contains(correction.day())) {
            days.merge(correction.provider(), 1L, Long::sum);
          }
        });
    days.forEach(
        (provider, count) ->
            notes(provider)
                .add(
                    "Corrected by the carrier since the run before: "
                        + ByteCount.counted(count, "day")
                        + " of devices."));
  }

  private List<String> notes(String provider) {
    return notes.computeIfAbsent(provider, each -> new ArrayList<>());
  }

  private List<String> refused(String provider) {
    return refused.computeIfAbsent(provider, each -> new ArrayList<>());
  }

  private CarrierUsage usage(String provider) {
    var carrier = carrier(provider);
    var read = covered.getOrDefault(provider, new Covered());
    var told = new ArrayList<String>();
    if (carrier != null) {
      told.addAll(carrier.notes(period.days(), surroundings.clock()));
    }
    if (read.notSettled > 0) {
      told.add(
          "Not settled: the last "
              + ByteCount.counted(read.notSettled, "day")
              + ", which the carrier may still correct.");
    }
    var neverRead = neverRead(provider, read);
    if (neverRead > 0) {
      told.add(
          ByteCount.counted(neverRead, "listed device")
              + " never read in this period: its days are missing here, not zero.");
    }
    told.addAll(notes.getOrDefault(provider, List.of()));
    var account = read.account && carrier != null && !carrier.reportsPerDevice();
    var including = carrier == null ? null : carrier.includedIn();
    return tally(provider)
        .result(
            new FleetCoverage(
                read.account ? null : asked(provider, read),
                refused.getOrDefault(provider, List.of()),
                account),
            told,
            including == null || !tallies.containsKey(including)
                ? Overlap.NONE
                : tally(provider).countedBy(tally(including)));
  }

  private int asked(String provider, Covered read) {
    return read.subjects.size() + refused.getOrDefault(provider, List.of()).size();
  }

  private long neverRead(String provider, Covered read) {
    var count = 0L;
    for (Device device : listed.of(provider)) {
      count += read.subjects.contains(device.id()) || isRefused(provider, device) ? 0 : 1;
    }
    return count;
  }

  private boolean isRefused(String provider, Device device) {
    return refused.getOrDefault(provider, List.of()).stream()
        .anyMatch(line -> line.startsWith(device.id() + ": "));
  }

  private @Nullable Carrier carrier(String provider) {
    return surroundings.carriers().stream()
        .filter(each -> each.provider().equals(provider))
        .findFirst()
        .orElse(null);
  }

  private int inOrder(String one, String other) {
    var order = surroundings.carriers().stream().map(Carrier::provider).toList();
    return Integer.compare(order.indexOf(one), order.indexOf(other));
  }

  /** The months of all that the store has, if there is more than one. */
  private List<MonthTotal> months() {
    var all = store.days();
    if (all.isEmpty()) {
      return List.of();
    }
    var months =
        store.monthlyUsage(all.get()).stream()
            .map(
                month ->
                    new MonthTotal(
                        Simtally.nameOf(month.provider()),
                        month.month(),
                        month.totalBytes(),
                        month.subjects()))
            .toList();
    return months.stream().map(MonthTotal::month).distinct().count() > 1 ? months : List.of();
  }
}
