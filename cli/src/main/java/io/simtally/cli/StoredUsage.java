package io.simtally.cli;

import io.simtally.cli.usage.AccountRow;
import io.simtally.cli.usage.ByteCount;
import io.simtally.cli.usage.CarrierTally;
import io.simtally.cli.usage.CarrierTerms;
import io.simtally.cli.usage.CarrierUsage;
import io.simtally.cli.usage.FleetUsage;
import io.simtally.cli.usage.MonthTotal;
import io.simtally.cli.usage.Overlap;
import io.simtally.core.DayRange;
import io.simtally.fleet.Carriers;
import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.fleet.store.MonthlyUsage;
import io.simtally.fleet.store.StoredAccount;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageReader;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private final Map<AccountRow, CarrierTally> tallies = new LinkedHashMap<>();
  private final Map<AccountRow, Long> corrections = new HashMap<>();

  /** The bytes of other sources that the totals leave out. */
  private final Map<AccountRow, BigInteger> uncounted = new HashMap<>();

  /**
   * What a report is asked for.
   *
   * @param carriers all carriers, in the order of the report
   * @param listed the devices of the devices file
   * @param isListGiven whether there is a devices file: it then names all requested devices of the
   *     carriers that need one
   * @param isNarrowed whether only the wanted carriers are shown, not all that the store has
   * @param wanted the carriers that the user reads, as a function of the devices in the store
   * @param configured the accounts of the configuration file, none without a file
   * @param accounts the names of the accounts to show, none for all
   * @param period the days
   * @param clock decides which days are over, settled and kept
   */
  record Request(
      List<Carrier> carriers,
      ListedDevices listed,
      boolean isListGiven,
      boolean isNarrowed,
      Function<ListedDevices, List<Carrier>> wanted,
      List<Configured> configured,
      List<String> accounts,
      DayRange period,
      Clock clock) {

    boolean isShown(AccountRow key) {
      return accounts.isEmpty() || accounts.contains(key.account());
    }
  }

  /**
   * A provider of an account of the configuration file.
   *
   * @param devices the devices of the account
   */
  record Configured(AccountRow key, ListedDevices devices) {}

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
    var accounts = store.accounts();
    if (request.configured().isEmpty()) {
      carriers.values().forEach(carrier -> list(carrier, accounts));
    } else {
      request.configured().forEach(this::list);
    }
    try (var failures = store.failures(UsageQuery.all())) {
      failures.forEach(each -> tally(each.provider(), each.account()).add(each));
    }
    try (var coverage = store.coverage(UsageQuery.days(days))) {
      coverage.forEach(each -> tally(each.provider(), each.account()).add(each));
    }
    try (var records = store.usageRecords(UsageQuery.days(period))) {
      records.forEach(each -> tally(each.usage().provider(), each.account()).add(each.usage()));
    }
    countCorrections(accounts);
    for (var month : store.uncountedUsage(UsageQuery.days(period))) {
      var key = new AccountRow(month.provider(), month.account());
      uncounted.merge(key, month.totalBytes(), BigInteger::add);
    }
    var shown = shown();
    var all = new ArrayList<CarrierUsage>();
    shown.forEach((key, tally) -> all.add(usage(key, tally)));
    return new FleetUsage(period, request.clock().instant(), simulated, all, months(shown, days));
  }

  /** Counts the days that the latest run of each account changed, and did not change back. */
  private void countCorrections(List<StoredAccount> accounts) {
    record DeviceDay(AccountRow key, String subject, LocalDate day) {}
    var latestRuns = new HashMap<AccountRow, Instant>();
    for (var each : accounts) {
      if (each.latestRunAt() != null) {
        latestRuns.put(new AccountRow(each.provider(), each.account()), each.latestRunAt());
      }
    }
    var changes = new HashMap<DeviceDay, Long>();
    try (var rows = store.corrections(UsageQuery.days(request.period()))) {
      rows.forEach(
          each -> {
            var key = new AccountRow(each.provider(), each.account());
            if (!each.noticedAt().isBefore(latestRuns.getOrDefault(key, Instant.MIN))) {
              changes.merge(
                  new DeviceDay(key, each.subject(), each.day()),
                  each.afterBytes() - each.beforeBytes(),
                  Long::sum);
            }
          });
    }
    changes.forEach(
        (each, bytes) -> corrections.merge(each.key(), bytes == 0 ? 0L : 1L, Long::sum));
  }

  private static DayRange span(DayRange one, DayRange other) {
    return new DayRange(
        one.from().isBefore(other.from()) ? one.from() : other.from(),
        one.to().isAfter(other.to()) ? one.to() : other.to());
  }

  private void list(Configured account) {
    var provider = account.key().provider();
    var tally = tally(provider, account.key().account());
    tally.want();
    if (account.devices().has(provider)) {
      account.devices().of(provider).forEach(device -> tally.list(device.subject()));
      tally.requestOnlyListed();
    }
  }

  private void list(Carrier carrier, List<StoredAccount> accounts) {
    var provider = carrier.provider();
    var own =
        accounts.stream()
            .filter(each -> each.provider().equals(provider))
            .map(StoredAccount::account)
            .toList();
    var isListed = request.listed().has(provider);
    if (isListed && own.size() > 1) {
      throw new IllegalArgumentException(
          "the devices file lists devices of "
              + provider
              + ", which has several accounts in the store: "
              + String.join(", ", own));
    }
    if (isListed || (request.isListGiven() && carrier.deviceRequirement() != null)) {
      for (var account : own.isEmpty() ? List.of(carrier.account()) : own) {
        var tally = tally(provider, account);
        request.listed().of(provider).forEach(device -> tally.list(device.subject()));
        tally.requestOnlyListed();
      }
    }
  }

  private CarrierTally tally(String provider, String account) {
    return tallies.computeIfAbsent(
        new AccountRow(provider, account), key -> new CarrierTally(terms(key), request.period()));
  }

  private CarrierTerms terms(AccountRow key) {
    var carrier = carriers.get(key.provider());
    return carrier == null
        ? new CarrierTerms(
            nameOf(key, key.provider(), key.provider()), key, UNKNOWN_SETTLE_AFTER_DAYS, null, true)
        : new CarrierTerms(
            nameOf(key, carrier.name(), defaultAccount(key.provider())),
            key,
            carrier.settleAfterDays(),
            carrier.oldestDay(request.clock()),
            carrier.reportsPerDevice());
  }

  private static String defaultAccount(String provider) {
    return Carriers.of(Map.of()).stream()
        .filter(carrier -> carrier.provider().equals(provider))
        .map(Carrier::account)
        .findFirst()
        .orElse(provider);
  }

  private static String nameOf(AccountRow key, String carrier, String defaultAccount) {
    return key.account().equals(defaultAccount) ? carrier : carrier + " (" + key.account() + ")";
  }

  /** The accounts of a carrier in order, or its default account if there are none. */
  private List<AccountRow> accounts(Carrier carrier) {
    var own =
        tallies.keySet().stream()
            .filter(key -> key.provider().equals(carrier.provider()))
            .sorted(Comparator.comparing(AccountRow::account))
            .toList();
    return own.isEmpty() ? List.of(new AccountRow(carrier.provider(), carrier.account())) : own;
  }

  private boolean isStored(String provider) {
    return tallies.keySet().stream().anyMatch(key -> key.provider().equals(provider));
  }

  /** The accounts of the report: those wanted, then those that only the store has. */
  private Map<AccountRow, CarrierTally> shown() {
    var stored = List.copyOf(tallies.entrySet());
    // A carrier with devices in the store is read by a user, as one with listed devices is.
    ListedDevices known =
        request.isListGiven()
            ? request.listed()
            : provider -> isStored(provider) ? List.of(Device.ACCOUNT) : List.<Device>of();
    var wanted =
        request.wanted().apply(known).stream().map(Carrier::provider).collect(Collectors.toSet());
    var shown = new LinkedHashMap<AccountRow, CarrierTally>();
    for (var carrier : carriers.values()) {
      var isWanted = request.configured().isEmpty() && wanted.contains(carrier.provider());
      for (var key : accounts(carrier)) {
        if (isWanted) {
          tally(key.provider(), key.account()).want();
        }
        if (isWanted
            || isConfigured(key, wanted)
            || (!request.isNarrowed() && tallies.containsKey(key))) {
          shown.put(key, tally(key.provider(), key.account()));
        }
      }
    }
    if (!request.isNarrowed()) {
      stored.forEach(each -> shown.putIfAbsent(each.getKey(), each.getValue()));
    }
    shown.values().removeIf(CarrierTally::isEmpty);
    shown.keySet().removeIf(key -> !request.isShown(key));
    return shown;
  }

  private boolean isConfigured(AccountRow key, Set<String> wanted) {
    return wanted.contains(key.provider())
        && request.configured().stream().anyMatch(each -> each.key().equals(key));
  }

  private CarrierUsage usage(AccountRow key, CarrierTally tally) {
    var carrier = carriers.get(key.provider());
    var told = new ArrayList<String>();
    if (carrier != null) {
      told.addAll(carrier.notes(request.period(), request.clock()));
    }
    var uncounted = this.uncounted.getOrDefault(key, BigInteger.ZERO);
    if (uncounted.signum() > 0) {
      told.add(
          "Several sources counted some days. The total has the source with the most bytes of each"
              + " day; the figures of the other sources, %s, are not added (`sources` of the account)."
                  .formatted(ByteCount.human(uncounted)));
    }
    var corrected = corrections.getOrDefault(key, 0L);
    if (corrected > 0) {
      told.add(
          "Corrected by the carrier after the first reading: "
              + ByteCount.counted(corrected, "day")
              + " of devices.");
    }
    var including = carrier == null ? null : carrier.includedIn();
    var other = including == null ? null : tallies.get(new AccountRow(including, key.account()));
    return tally.result(told, other == null ? Overlap.NONE : tally.countedBy(other));
  }

  /** The months from a carrier's first day to the last of the store, if there are several. */
  private List<MonthTotal> months(Map<AccountRow, CarrierTally> shown, DayRange days) {
    var stored = new HashMap<AccountRow, SortedMap<YearMonth, MonthlyUsage>>();
    for (var month : store.monthlyUsage(UsageQuery.days(days))) {
      stored
          .computeIfAbsent(
              new AccountRow(month.provider(), month.account()), key -> new TreeMap<>())
          .put(month.month(), month);
    }
    var last = store.days().map(span -> YearMonth.from(span.to()));
    var all = new ArrayList<MonthTotal>();
    shown.forEach(
        (key, tally) -> {
          var own = stored.getOrDefault(key, new TreeMap<>());
          var first = earlier(tally.firstDay(), own);
          for (var month = first;
              month != null && last.isPresent() && !month.isAfter(last.get());
              month = month.plusMonths(1)) {
            all.add(month(key, month, own.get(month), tally));
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
      AccountRow key, YearMonth month, @Nullable MonthlyUsage usage, CarrierTally tally) {
    var yesterday = DayRange.dayOf(request.clock().instant()).minusDays(1);
    var end = month.atEndOfMonth();
    var last = end.isBefore(yesterday) ? end : yesterday;
    return new MonthTotal(
        terms(key).name(),
        month,
        usage == null ? BigInteger.ZERO : usage.totalBytes(),
        usage == null ? 0 : usage.subjects(),
        tally.unknown(month.atDay(1), last));
  }
}
