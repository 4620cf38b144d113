package io.simtally.cli;

import io.simtally.cli.usage.ByteCount;
import io.simtally.cli.usage.CarrierFailure;
import io.simtally.cli.usage.CarrierTally;
import io.simtally.cli.usage.CarrierTerms;
import io.simtally.cli.usage.CarrierUsage;
import io.simtally.cli.usage.FleetUsage;
import io.simtally.cli.usage.MonthTotal;
import io.simtally.cli.usage.Overlap;
import io.simtally.core.DayRange;
import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.fleet.store.MonthlyUsage;
import io.simtally.fleet.store.UsageReader;
import java.math.BigInteger;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the figures of a report from one state of a store. */
final class StoredUsage {
  /** For records of a provider that this version does not have. */
  private static final int UNKNOWN_SETTLE_AFTER_DAYS = 3;

  private final UsageReader store;
  private final Map<String, Carrier> carriers;
  private final Request request;
  private final Map<String, CarrierTally> tallies = new LinkedHashMap<>();
  private final Map<String, Long> corrections = new HashMap<>();

  /**
   * What a report is asked for.
   *
   * @param carriers all carriers, in the order of the report
   * @param listed the devices of the devices file
   * @param isListGiven whether there is a devices file: it then names all requested devices of the
   *     carriers that need one
   * @param isNarrowed whether only the wanted carriers are shown, not all that the store has
   * @param wanted the carriers that the user reads, as a function of the devices in the store
   * @param notOpened the carriers that could not be opened
   * @param period the days
   * @param clock decides which days are over, settled and kept
   */
  record Request(
      List<Carrier> carriers,
      ListedDevices listed,
      boolean isListGiven,
      boolean isNarrowed,
      Function<ListedDevices, List<Carrier>> wanted,
      List<CarrierFailure> notOpened,
      DayRange period,
      Clock clock) {}

  StoredUsage(UsageReader store, Request request) {
    this.store = store;
    this.request = request;
    this.carriers =
        request.carriers().stream()
            .collect(
                Collectors.toMap(
                    Carrier::provider, each -> each, (one, other) -> one, LinkedHashMap::new));
  }

  FleetUsage read(boolean simulated) {
    var period = request.period();
    var days = span(store.days().orElse(period), period);
    carriers.keySet().forEach(this::list);
    store.failures(failure -> tally(failure.provider()).add(failure));
    store.coverage(days, coverage -> tally(coverage.provider()).add(coverage));
    store.records(period, usage -> tally(usage.provider()).add(usage));
    store.corrections(
        correction -> {
          if (period.contains(correction.day())) {
            corrections.merge(correction.provider(), 1L, Long::sum);
          }
        });
    var shown = shown();
    var all = new ArrayList<CarrierUsage>();
    shown.forEach((provider, tally) -> all.add(usage(provider, tally)));
    return new FleetUsage(period, request.clock().instant(), simulated, all, months(shown, days));
  }

  private static DayRange span(DayRange one, DayRange other) {
    return new DayRange(
        one.from().isBefore(other.from()) ? one.from() : other.from(),
        one.to().isAfter(other.to()) ? one.to() : other.to());
  }

  private void list(String provider) {
    for (Device device : request.listed().of(provider)) {
      tally(provider).list(device.subject());
    }
    var carrier = carriers.get(provider);
    var needsDevices = carrier != null && carrier.deviceRequirement() != null;
    if (tallies.containsKey(provider) || (request.isListGiven() && needsDevices)) {
      tally(provider).requestOnlyListed();
    }
  }

  private CarrierTally tally(String provider) {
    return tallies.computeIfAbsent(
        provider, each -> new CarrierTally(terms(each), request.period()));
  }

  private CarrierTerms terms(String provider) {
    var carrier = carriers.get(provider);
    return carrier == null
        ? new CarrierTerms(provider, provider, UNKNOWN_SETTLE_AFTER_DAYS, null, true)
        : new CarrierTerms(
            carrier.name(),
            provider,
            carrier.settleAfterDays(),
            carrier.oldestDay(request.clock()),
            carrier.reportsPerDevice());
  }

  /** The carriers of the report: those wanted, then those that only the store has. */
  private Map<String, CarrierTally> shown() {
    var stored = List.copyOf(tallies.entrySet());
    // A carrier with devices in the store is read by a user, as one with listed devices is.
    ListedDevices known =
        request.isListGiven()
            ? request.listed()
            : provider ->
                tallies.containsKey(provider) ? List.of(Device.ACCOUNT) : List.<Device>of();
    var wanted =
        request.wanted().apply(known).stream().map(Carrier::provider).collect(Collectors.toSet());
    request
        .notOpened()
        .forEach(
            failure ->
                carriers.values().stream()
                    .filter(carrier -> carrier.name().equals(failure.carrier()))
                    .forEach(carrier -> tally(carrier.provider()).fail(failure.reason())));
    var shown = new LinkedHashMap<String, CarrierTally>();
    for (var provider : carriers.keySet()) {
      if (wanted.contains(provider)) {
        tally(provider).want();
        shown.put(provider, tally(provider));
      } else if (!request.isNarrowed() && tallies.containsKey(provider)) {
        shown.put(provider, tally(provider));
      }
    }
    if (!request.isNarrowed()) {
      stored.forEach(each -> shown.putIfAbsent(each.getKey(), each.getValue()));
    }
    shown.values().removeIf(CarrierTally::isEmpty);
    return shown;
  }

  private CarrierUsage usage(String provider, CarrierTally tally) {
    var carrier = carriers.get(provider);
    var told = new ArrayList<String>();
    if (carrier != null) {
      told.addAll(carrier.notes(request.period(), request.clock()));
    }
    var corrected = corrections.getOrDefault(provider, 0L);
    if (corrected > 0) {
      told.add(
          "Corrected by the carrier after the first reading: "
              + ByteCount.counted(corrected, "day")
              + " of devices.");
    }
    var including = carrier == null ? null : carrier.includedIn();
    return tally.result(
        told,
        including == null || !tallies.containsKey(including)
            ? Overlap.NONE
            : tally.countedBy(tally(including)));
  }

  /** The months from a carrier's first day to the last of the store, if there are several. */
  private List<MonthTotal> months(Map<String, CarrierTally> shown, DayRange days) {
    var stored = new HashMap<String, SortedMap<YearMonth, MonthlyUsage>>();
    for (var month : store.monthlyUsage(days)) {
      stored
          .computeIfAbsent(month.provider(), provider -> new TreeMap<>())
          .put(month.month(), month);
    }
    var last = store.days().map(span -> YearMonth.from(span.to()));
    var all = new ArrayList<MonthTotal>();
    shown.forEach(
        (provider, tally) -> {
          var own = stored.getOrDefault(provider, new TreeMap<>());
          var first = earlier(tally.firstDay(), own);
          for (var month = first;
              month != null && last.isPresent() && !month.isAfter(last.get());
              month = month.plusMonths(1)) {
            all.add(month(provider, month, own.get(month), tally));
          }
        });
    return all.stream().map(MonthTotal::month).distinct().count() > 1 ? all : List.of();
  }

  private static @Nullable YearMonth earlier(
      @Nullable LocalDate firstDay, SortedMap<YearMonth, MonthlyUsage> months) {
    if (firstDay == null) {
      return months.isEmpty() ? null : months.firstKey();
    }
    var month = YearMonth.from(firstDay);
    return months.isEmpty() || month.isBefore(months.firstKey()) ? month : months.firstKey();
  }

  private MonthTotal month(
      String provider, YearMonth month, @Nullable MonthlyUsage usage, CarrierTally tally) {
    var yesterday = DayRange.dayOf(request.clock().instant()).minusDays(1);
    var end = month.atEndOfMonth();
    var last = end.isBefore(yesterday) ? end : yesterday;
    return new MonthTotal(
        terms(provider).name(),
        month,
        usage == null ? BigInteger.ZERO : usage.totalBytes(),
        usage == null ? 0 : usage.subjects(),
        tally.unknown(month.atDay(1), last));
  }
}
