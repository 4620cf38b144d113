package io.simtally.cli.usage;

import io.simtally.core.DayRange;
import io.simtally.fleet.Carriers;
import io.simtally.fleet.account.BillingCycle;
import io.simtally.fleet.alert.Forecast;
import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.fleet.store.MonthlyUsage;
import io.simtally.fleet.store.StoredAccount;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageReader;
import io.simtally.fleet.store.UsageStore;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
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
public final class StoredUsage {
  /** DuckDB scans all records for each query: few queries, each for many devices. */
  private static final int CHUNK = 10_000;

  /** With more devices than these, one query of all devices is faster. */
  private static final int MOST_EXAMINED = 3 * CHUNK;

  /** The bytes of a day without a record. */
  private static final long NO_RECORD = -1;

  /** For records of a provider that this version does not have. */
  private static final int UNKNOWN_SETTLE_AFTER_DAYS = 3;

  /** More bytes a day are not forecast: the sum of a cycle must fit in a long. */
  private static final BigInteger MOST_FORECAST = BigInteger.valueOf(Long.MAX_VALUE / 100);

  private final UsageReader store;
  private final Map<String, Carrier> carriers;
  private final Request request;
  private final Map<AccountRow, CarrierTally> tallies = new LinkedHashMap<>();
  private final Map<AccountRow, SortedMap<LocalDate, BigInteger>> bytesByDay = new HashMap<>();

  /** The part of {@link #bytesByDay} that another carrier's figures include. */
  private final Map<AccountRow, SortedMap<LocalDate, BigInteger>> leftOutByDay = new HashMap<>();

  private final Map<AccountRow, Corrections> corrections = new HashMap<>();

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
   * @param billing the billing cycle and the allowance of an account by its name
   * @param period the days
   * @param clock decides which days are over, settled and kept
   */
  public record Request(
      List<Carrier> carriers,
      ListedDevices listed,
      boolean isListGiven,
      boolean isNarrowed,
      Function<ListedDevices, List<Carrier>> wanted,
      List<Configured> configured,
      List<String> accounts,
      Function<String, Billing> billing,
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
  public record Configured(AccountRow key, ListedDevices devices) {}

  /**
   * How an account is billed.
   *
   * @param cycle its billing cycles
   * @param poolBytes the allowance of a cycle, or null if none is known
   */
  public record Billing(BillingCycle cycle, @Nullable Long poolBytes) {
    /** An account that the configuration file does not name. */
    public static final Billing DEFAULT = new Billing(BillingCycle.MONTHS, null);
  }

  public StoredUsage(UsageReader store, Request request) {
    this.store = store;
    this.request = request;
    this.carriers =
        request.carriers().stream()
            .collect(
                Collectors.toMap(
                    Carrier::provider, each -> each, (one, other) -> one, LinkedHashMap::new));
  }

  /**
   * Reads the figures.
   *
   * @param simulated whether they are simulated
   * @param sink receives each device of the report, account by account, and must not use the store
   */
  public FleetUsage read(boolean simulated, DeviceUsage.Sink sink) {
    var days = span(store.days().orElse(request.period()), request.period());
    var accounts = store.accounts();
    accounts.forEach(each -> tally(each.provider(), each.account()));
    if (request.configured().isEmpty()) {
      carriers.values().forEach(carrier -> list(carrier, accounts));
    } else {
      request.configured().forEach(this::list);
    }
    try (var failures = store.failures(UsageQuery.all())) {
      failures.forEach(each -> tally(each.provider(), each.account()).add(each));
    }
    try (var coverage = store.coverage(UsageQuery.all().subject(UsageStore.ACCOUNT))) {
      coverage.forEach(each -> tally(each.provider(), each.account()).addAccount(each));
    }
    var shown = shown();
    var overlaps = new HashMap<AccountRow, Overlap>();
    shown.forEach((key, tally) -> overlaps.put(key, read(key, tally, sink)));
    shown.values().removeIf(CarrierTally::isEmpty);
    countCorrections(accounts, shown.keySet());
    for (var month : store.uncountedUsage(UsageQuery.days(request.period()))) {
      var key = new AccountRow(month.provider(), month.account());
      uncounted.merge(key, month.totalBytes(), BigInteger::add);
    }
    var all = new ArrayList<CarrierUsage>();
    shown.forEach(
        (key, tally) -> all.add(usage(key, tally, overlaps.getOrDefault(key, Overlap.NONE))));
    return new FleetUsage(
        request.period(),
        request.clock().instant(),
        simulated,
        all,
        months(shown, days),
        cycles(shown),
        Map.copyOf(corrections));
  }

  /** Reads one account, and returns its usage that another carrier's figures include. */
  private Overlap read(AccountRow key, CarrierTally tally, DeviceUsage.Sink sink) {
    var query = query(key, request.period());
    closeFailures(query, tally);
    var overlap = readOverlap(key);
    readDays(key, tally);
    try (var devices = store.subjectUsage(query)) {
      ReadAhead.forEach(
          devices,
          each -> {
            var device = tally.add(each, overlap.bytesOf(each.subject()));
            if (device != null) {
              sink.take(tally.terms(), device);
            }
          });
    }
    tally.addUnread(sink);
    examine(query, tally);
    return overlap;
  }

  /** Closes the failures of an account. Only one of the whole account concerns all readings. */
  private void closeFailures(UsageQuery query, CarrierTally tally) {
    var failed = tally.failedSubjects();
    if (failed.contains(UsageStore.ACCOUNT)) {
      try (var coverage = store.coverage(query)) {
        coverage.forEach(tally::close);
      }
      return;
    }
    var key = tally.terms().key();
    for (var chunk : chunks(failed)) {
      var asked = new ArrayList<>(chunk);
      asked.add(UsageStore.ACCOUNT);
      store.coverage(key.provider(), key.account(), asked, request.period()).forEach(tally::close);
    }
  }

  /** Reads the days of the period and of the billing cycles in one query. */
  private void readDays(AccountRow key, CarrierTally tally) {
    var bytes = new TreeMap<LocalDate, BigInteger>();
    for (var day : store.dayTotals(query(key, allDays(key)))) {
      bytes.put(day.day(), day.totalBytes());
      if (request.period().contains(day.day())) {
        tally.add(day);
      }
    }
    bytesByDay.put(key, bytes);
  }

  /** Returns the days of the period and of the billing cycles. */
  private DayRange allDays(AccountRow key) {
    var cycles = cycles(key.account());
    return span(request.period(), span(cycles.before(), cycles.sofar()));
  }

  private void examine(UsageQuery query, CarrierTally tally) {
    var devices = tally.toExamine();
    if (devices.size() > MOST_EXAMINED) {
      var wanted = new HashSet<>(devices);
      try (var days = store.subjectDays(query, List.of())) {
        days.filter(each -> wanted.contains(each.subject())).forEach(tally::examine);
      }
      return;
    }
    for (var chunk : chunks(devices)) {
      try (var days = store.subjectDays(query, chunk)) {
        days.forEach(tally::examine);
      }
    }
  }

  private static List<List<String>> chunks(List<String> subjects) {
    var chunks = new ArrayList<List<String>>();
    for (int from = 0; from < subjects.size(); from += CHUNK) {
      chunks.add(subjects.subList(from, Math.min(from + CHUNK, subjects.size())));
    }
    return chunks;
  }

  private static UsageQuery query(AccountRow key, DayRange days) {
    return UsageQuery.days(days).provider(key.provider()).account(key.account());
  }

  /**
   * Returns the usage of an account in the period that another carrier's figures include, and keeps
   * that of all days for the billing cycles.
   */
  private Overlap readOverlap(AccountRow key) {
    var carrier = carriers.get(key.provider());
    var including = carrier == null ? null : carrier.includedIn();
    var other = including == null ? null : new AccountRow(including, key.account());
    if (other == null || !tallies.containsKey(other)) {
      return Overlap.NONE;
    }
    var days = allDays(key);
    var overlap = new Overlap(terms(other).name(), (int) request.period().days());
    for (var chunk : chunks(sharedSubjects(key, other, days))) {
      addOverlap(key, other, days, chunk, overlap);
    }
    return overlap;
  }

  /** Returns the devices with records of one account that another account has as well. */
  private List<String> sharedSubjects(AccountRow key, AccountRow other, DayRange days) {
    var known = new SubjectSet();
    try (var subjects = store.subjects(query(other, days))) {
      subjects.forEach(known::add);
    }
    try (var coverage = store.coverage(query(other, days))) {
      coverage.forEach(each -> known.add(each.subject()));
    }
    var isAccountKnown = known.meet(UsageStore.ACCOUNT);
    try (var subjects = store.subjects(query(key, days))) {
      return subjects.filter(each -> isAccountKnown || known.meet(each)).toList();
    }
  }

  private void addOverlap(
      AccountRow key, AccountRow other, DayRange days, List<String> subjects, Overlap overlap) {
    var own = bytes(key, days, subjects);
    var including = bytes(other, days, subjects);
    var covered = new HashMap<String, List<DayRange>>();
    var asked = new ArrayList<>(subjects);
    asked.add(UsageStore.ACCOUNT);
    for (var each : store.coverage(other.provider(), other.account(), asked, days)) {
      covered.computeIfAbsent(each.subject(), subject -> new ArrayList<>()).add(each.days());
    }
    var ofAccount = covered.getOrDefault(UsageStore.ACCOUNT, List.of());
    own.forEach(
        (subject, byDay) -> {
          var same = including.get(subject);
          var ofSubject = covered.getOrDefault(subject, List.of());
          var isOwnKnown = false;
          var isSameKnown = false;
          for (int i = 0; i < byDay.length; i++) {
            var day = days.from().plusDays(i);
            var bytes = byDay[i];
            var isInPeriod = request.period().contains(day);
            isOwnKnown |= isInPeriod && bytes != NO_RECORD;
            isSameKnown |= isInPeriod && same != null && same[i] != NO_RECORD;
            if (bytes > 0 && same != null && same[i] > 0) {
              leaveOut(key, day, bytes);
              if (isInPeriod) {
                overlap.leaveOut(subject, index(request.period(), day), bytes);
              }
            } else if (bytes > 0
                && isInPeriod
                && (contains(ofSubject, day) || contains(ofAccount, day))) {
              overlap.contradict(bytes);
            }
          }
          if (isOwnKnown && isSameKnown) {
            overlap.addDevice();
          }
        });
  }

  private void leaveOut(AccountRow key, LocalDate day, long bytes) {
    leftOutByDay
        .computeIfAbsent(key, each -> new TreeMap<>())
        .merge(day, BigInteger.valueOf(bytes), BigInteger::add);
  }

  private static boolean contains(List<DayRange> days, LocalDate day) {
    return days.stream().anyMatch(each -> each.contains(day));
  }

  /** Returns the bytes of each subject on each day. */
  private Map<String, long[]> bytes(AccountRow key, DayRange days, List<String> subjects) {
    var terms = terms(key);
    var bytes = new HashMap<String, long[]>();
    try (var rows = store.subjectDays(query(key, days), subjects)) {
      rows.forEach(
          each ->
              bytes
                      .computeIfAbsent(
                          each.subject(),
                          subject -> {
                            var byDay = new long[(int) days.days()];
                            Arrays.fill(byDay, NO_RECORD);
                            return byDay;
                          })[index(days, each.day())] =
                  terms.bytes(each));
    }
    return bytes;
  }

  private static int index(DayRange days, LocalDate day) {
    return (int) (day.toEpochDay() - days.from().toEpochDay());
  }

  private void countCorrections(List<StoredAccount> accounts, Set<AccountRow> shown) {
    var latestRuns = new HashMap<AccountRow, Instant>();
    for (var each : accounts) {
      if (each.latestRunAt() != null) {
        latestRuns.put(new AccountRow(each.provider(), each.account()), each.latestRunAt());
      }
    }
    try (var rows = store.corrections(UsageQuery.days(request.period()))) {
      rows.forEach(
          each -> {
            var key = new AccountRow(each.provider(), each.account());
            if (shown.contains(key)) {
              corrections
                  .computeIfAbsent(key, account -> new Corrections(latestRuns.get(account)))
                  .add(each);
            }
          });
    }
    corrections.values().forEach(Corrections::finish);
  }

  /** The current billing cycle of each account, in the order of the report. */
  private List<CycleUsage> cycles(Map<AccountRow, CarrierTally> shown) {
    var byAccount = new LinkedHashMap<String, Map<AccountRow, CarrierTally>>();
    shown.forEach(
        (key, tally) ->
            byAccount
                .computeIfAbsent(key.account(), name -> new LinkedHashMap<>())
                .put(key, tally));
    var all = new ArrayList<CycleUsage>();
    byAccount.forEach((account, rows) -> all.add(cycle(account, rows)));
    return all;
  }

  /**
   * The billing cycles of an account.
   *
   * @param cycle the cycle that contains the last day of the period
   * @param sofar its days up to the last day of the period
   * @param before the cycle before
   */
  private record Cycles(DayRange cycle, DayRange sofar, DayRange before) {
    /** Returns as many days of the cycle before, or all of them if this one is over. */
    DayRange sameDaysBefore() {
      var last = before.from().plusDays(sofar.days() - 1);
      return sofar.to().equals(cycle.to()) || last.isAfter(before.to())
          ? before
          : new DayRange(before.from(), last);
    }
  }

  private Cycles cycles(String account) {
    var last = request.period().to();
    var billing = request.billing().apply(account).cycle();
    var cycle = billing.containing(last);
    return new Cycles(
        cycle, new DayRange(cycle.from(), last), billing.containing(cycle.from().minusDays(1)));
  }

  private CycleUsage cycle(String account, Map<AccountRow, CarrierTally> rows) {
    var cycles = cycles(account);
    var sameDays = cycles.sameDaysBefore();
    return new CycleUsage(
        account,
        cycles.cycle(),
        cycles.sofar(),
        bytes(rows.keySet(), cycles.sofar()),
        unknown(rows, cycles.sofar()),
        request.billing().apply(account).poolBytes(),
        sameDays,
        bytes(rows.keySet(), sameDays),
        unknown(rows, sameDays),
        bytes(rows.keySet(), cycles.before()),
        unknown(rows, cycles.before()),
        forecast(rows, cycles));
  }

  /** Forecasts a cycle from the days of which all devices are known. */
  private @Nullable Forecast forecast(Map<AccountRow, CarrierTally> rows, Cycles cycles) {
    if (cycles.sofar().to().equals(cycles.cycle().to())) {
      return null;
    }
    var history = span(cycles.before(), cycles.sofar());
    var known = new HashMap<LocalDate, Long>();
    for (var day : history.each()) {
      if (unknown(rows, DayRange.of(day)).isNone()) {
        var bytes = BigInteger.ZERO;
        for (var key : rows.keySet()) {
          bytes = bytes.add(bytes(key, DayRange.of(day)));
        }
        if (bytes.compareTo(MOST_FORECAST) > 0) {
          return null;
        }
        known.put(day, bytes.longValueExact());
      }
    }
    return Forecast.of(known, cycles.cycle()).orElse(null);
  }

  /** Returns the bytes of accounts; usage that two carriers report counts once. */
  private BigInteger bytes(Set<AccountRow> keys, DayRange days) {
    return keys.stream().map(key -> bytes(key, days)).reduce(BigInteger.ZERO, BigInteger::add);
  }

  private BigInteger bytes(AccountRow key, DayRange days) {
    return sum(bytesByDay.get(key), days).subtract(sum(leftOutByDay.get(key), days));
  }

  private static BigInteger sum(@Nullable SortedMap<LocalDate, BigInteger> byDay, DayRange days) {
    return byDay == null
        ? BigInteger.ZERO
        : byDay.subMap(days.from(), days.to().plusDays(1)).values().stream()
            .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static UnknownDays unknown(Map<AccountRow, CarrierTally> rows, DayRange days) {
    return rows.values().stream()
        .map(tally -> tally.unknown(days.from(), days.to()))
        .reduce(UnknownDays.NONE, UnknownDays::plus);
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
      tally.list(account.devices().of(provider));
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
        tally.list(request.listed().of(provider));
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
    shown.keySet().removeIf(key -> !request.isShown(key));
    return shown;
  }

  private boolean isConfigured(AccountRow key, Set<String> wanted) {
    return wanted.contains(key.provider())
        && request.configured().stream().anyMatch(each -> each.key().equals(key));
  }

  private CarrierUsage usage(AccountRow key, CarrierTally tally, Overlap overlap) {
    var carrier = carriers.get(key.provider());
    var told = new ArrayList<String>();
    if (carrier != null) {
      told.addAll(carrier.notes(request.period(), request.clock()));
    }
    var others = uncounted.getOrDefault(key, BigInteger.ZERO);
    if (others.signum() > 0) {
      told.add(
          "Several sources counted some days. The total has the source with the most bytes of each"
              + " day; the figures of the other sources, %s, are not added (`sources` of the account)."
                  .formatted(ByteCount.human(others)));
    }
    var own = corrections.get(key);
    if (own != null && own.daysOfLatestRun() > 0) {
      told.add(
          "Corrected by the carrier after the first reading: "
              + ByteCount.counted(own.daysOfLatestRun(), "day")
              + " of devices.");
    }
    return tally.result(told, overlap);
  }

  /** The months from a carrier's first day to the last of the store, if there are several. */
  private List<MonthTotal> months(Map<AccountRow, CarrierTally> shown, DayRange days) {
    if (YearMonth.from(days.from()).equals(YearMonth.from(days.to()))) {
      return List.of();
    }
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
