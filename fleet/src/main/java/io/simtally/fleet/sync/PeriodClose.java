package io.simtally.fleet.sync;

import io.simtally.core.DayRange;
import io.simtally.core.internal.Preconditions;
import io.simtally.fleet.Carriers;
import io.simtally.fleet.account.Accounts;
import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.store.ClosedPeriod;
import io.simtally.fleet.store.ClosedPeriod.Reason;
import io.simtally.fleet.store.Coverage;
import io.simtally.fleet.store.DailyUsage;
import io.simtally.fleet.store.Failure;
import io.simtally.fleet.store.StoreException;
import io.simtally.fleet.store.StoredAccount;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageReader;
import io.simtally.fleet.store.UsageStore;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Closes a period of some accounts: freezes its total. The figures as of the closing stay available
 * with {@link UsageQuery#asOf}, and {@link UsageReader#lateCorrections} returns what changes later.
 * Immutable; each setter returns a new object.
 */
public final class PeriodClose {
  /** For a provider that this version does not have. */
  private static final int UNKNOWN_SETTLE_AFTER_DAYS = 3;

  private final UsageStore store;
  private final DayRange days;
  private final List<String> names;
  private final @Nullable Accounts configured;
  private final boolean isIncompleteAllowed;
  private final Clock clock;

  private PeriodClose(
      UsageStore store,
      DayRange days,
      List<String> names,
      @Nullable Accounts configured,
      boolean isIncompleteAllowed,
      Clock clock) {
    this.store = store;
    this.days = days;
    this.names = names;
    this.configured = configured;
    this.isIncompleteAllowed = isIncompleteAllowed;
    this.clock = clock;
  }

  /**
   * Creates the closing of a period of all accounts of a store.
   *
   * @param store the store; it is not closed
   * @param days the days of the period
   * @return the closing
   * @throws IllegalArgumentException if an argument is null
   */
  public static PeriodClose of(UsageStore store, DayRange days) {
    return new PeriodClose(
        Preconditions.present("store", store),
        Preconditions.present("days", days),
        List.of(),
        null,
        false,
        Clock.systemUTC());
  }

  /**
   * Limits the closing to some accounts.
   *
   * @param accounts the names, none for all accounts of the store
   * @return a new closing
   * @throws IllegalArgumentException if the names are null
   */
  public PeriodClose accounts(List<String> accounts) {
    var given = List.copyOf(Preconditions.present("accounts", accounts));
    return new PeriodClose(store, days, given, configured, isIncompleteAllowed, clock);
  }

  /**
   * Sets the accounts of the configuration. Their settling times count, and their listed devices
   * must have been read. Other accounts have the settling times of their carriers, and the devices
   * that the store has.
   *
   * @param accounts the accounts; they are not closed
   * @return a new closing
   * @throws IllegalArgumentException if the accounts are null
   */
  public PeriodClose configured(Accounts accounts) {
    var given = Preconditions.present("accounts", accounts);
    return new PeriodClose(store, days, names, given, isIncompleteAllowed, clock);
  }

  /**
   * Closes the period although days of it are unread, not settled, failed or held back. The store
   * keeps these days as the {@linkplain UsageReader#gaps gaps} of the period.
   *
   * @return a new closing
   */
  public PeriodClose incomplete() {
    return new PeriodClose(store, days, names, configured, true, clock);
  }

  /**
   * Sets the clock. The default is the system's.
   *
   * @param other the current time
   * @return a new closing
   * @throws IllegalArgumentException if the clock is null
   */
  public PeriodClose clock(Clock other) {
    var given = Preconditions.present("clock", other);
    return new PeriodClose(store, days, names, configured, isIncompleteAllowed, given);
  }

  /**
   * Closes the period of all its accounts, or of none if a day of it is unread, not settled, failed
   * or held back. A period that is closed already stays as it is.
   *
   * @return the closed periods, and the days that are not final
   * @throws IllegalArgumentException if the store has no such account, or if a closed period has
   *     some of the days, but not the same
   * @throws StoreException if the store cannot be written; it is then unchanged
   */
  public CloseResult run() {
    var accounts = accounts();
    var gaps = new ArrayList<ClosedPeriod.Gap>();
    var closed = new ArrayList<ClosedPeriod>();
    store.closePeriods(
        accounts.keySet(),
        reader -> {
          var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
          var added = new LinkedHashMap<ClosedPeriod, List<ClosedPeriod.Gap>>();
          accounts.forEach(
              (account, providers) -> {
                var present = closed(reader, account);
                if (present != null) {
                  closed.add(present);
                  return;
                }
                var own = gaps(reader, account, providers, now);
                gaps.addAll(own);
                added.put(
                    new ClosedPeriod(account, days, now, total(reader, account, providers, now)),
                    own);
              });
          if (!gaps.isEmpty() && !isIncompleteAllowed) {
            closed.clear();
            return Map.of();
          }
          closed.addAll(added.keySet());
          return added;
        });
    return new CloseResult(closed, gaps);
  }

  /** Returns the providers of each account to close. */
  private Map<String, List<String>> accounts() {
    var stored =
        store.accounts().stream()
            .collect(
                Collectors.groupingBy(
                    StoredAccount::account,
                    LinkedHashMap::new,
                    Collectors.mapping(StoredAccount::provider, Collectors.toList())));
    for (var name : names) {
      if (!stored.containsKey(name)) {
        throw new IllegalArgumentException("the store has no account " + name);
      }
    }
    if (!names.isEmpty()) {
      stored.keySet().retainAll(names);
    }
    if (stored.isEmpty()) {
      throw new IllegalArgumentException("the store has no accounts");
    }
    return stored;
  }

  private @Nullable ClosedPeriod closed(UsageReader reader, String account) {
    for (var each : reader.closedPeriods()) {
      if (each.account().equals(account)) {
        if (each.days().equals(days)) {
          return each;
        }
        if (each.days().overlap(days).isPresent()) {
          throw new IllegalArgumentException(
              "%s of account %s overlap the closed period %s"
                  .formatted(days, account, each.days()));
        }
      }
    }
    return null;
  }

  private List<ClosedPeriod.Gap> gaps(
      UsageReader reader, String account, List<String> providers, Instant now) {
    var gaps = new ArrayList<ClosedPeriod.Gap>();
    for (var provider : providers) {
      var query = UsageQuery.days(days).provider(provider).account(account);
      var settling = settleAfterDays(provider, account);
      try (var failures = reader.failures(query)) {
        failures.forEach(
            each ->
                gaps.add(
                    gap(
                        provider,
                        account,
                        each.subject(),
                        each.days(),
                        each.kind().equals(Failure.HELD) ? Reason.HELD : Reason.FAILED)));
      }
      var bySubject = new LinkedHashMap<String, List<Coverage>>();
      try (var covered = reader.coverage(query.asOf(now))) {
        covered.forEach(
            each -> bySubject.computeIfAbsent(each.subject(), key -> new ArrayList<>(1)).add(each));
      }
      var whole = bySubject.getOrDefault(UsageStore.ACCOUNT, List.of());
      listed(provider, account).forEach(subject -> bySubject.putIfAbsent(subject, List.of()));
      if (bySubject.isEmpty()) {
        bySubject.put(UsageStore.ACCOUNT, List.of());
      }
      bySubject.forEach(
          (subject, covered) -> {
            var all = new ArrayList<>(covered);
            if (!subject.equals(UsageStore.ACCOUNT)) {
              all.addAll(whole);
            }
            addGaps(provider, account, subject, all, settling, gaps);
          });
    }
    return gaps;
  }

  /** Returns the subjects of the devices that the configuration lists. */
  private List<String> listed(String provider, String account) {
    var subjects = new ArrayList<String>();
    if (configured != null) {
      for (var each : configured.accounts()) {
        if (each.name().equals(account)) {
          each.devices().of(provider).forEach(device -> subjects.add(device.subject()));
        }
      }
    }
    return subjects;
  }

  private void addGaps(
      String provider,
      String account,
      String subject,
      List<Coverage> covered,
      int settling,
      List<ClosedPeriod.Gap> gaps) {
    var read = covered.stream().map(Coverage::days).toList();
    var settled = covered.stream().flatMap(each -> each.settled(settling).stream()).toList();
    var unread = days.without(read);
    unread.forEach(each -> gaps.add(gap(provider, account, subject, each, Reason.UNREAD)));
    var done = new ArrayList<>(settled);
    done.addAll(unread);
    days.without(done)
        .forEach(each -> gaps.add(gap(provider, account, subject, each, Reason.UNSETTLED)));
  }

  private static ClosedPeriod.Gap gap(
      String provider, String account, String subject, DayRange days, Reason reason) {
    return new ClosedPeriod.Gap(provider, account, subject, days, reason);
  }

  private int settleAfterDays(String provider, String account) {
    if (configured != null) {
      for (var each : configured.accounts()) {
        if (each.name().equals(account) && each.settleAfterDays().isPresent()) {
          return each.settleAfterDays().getAsInt();
        }
      }
    }
    return carrier(provider) == null
        ? UNKNOWN_SETTLE_AFTER_DAYS
        : Objects.requireNonNull(carrier(provider)).settleAfterDays();
  }

  private static @Nullable Carrier carrier(String provider) {
    return Carriers.of(Map.of()).stream()
        .filter(each -> each.provider().equals(provider))
        .findFirst()
        .orElse(null);
  }

  private record DeviceDay(String subject, LocalDate day) {}

  /**
   * Returns the bytes of an account. A day of a device counts once if a carrier's figures include
   * those of another carrier, as in the total of a report.
   */
  private long total(UsageReader reader, String account, List<String> providers, Instant now) {
    var sum = BigInteger.ZERO;
    for (var provider : providers) {
      var carrier = carrier(provider);
      var including = carrier == null ? null : carrier.includedIn();
      if (including != null && providers.contains(including)) {
        var own = new HashMap<DeviceDay, Long>();
        try (var usage = usage(reader, account, provider, now)) {
          usage.forEach(
              each -> own.put(new DeviceDay(each.subject(), each.day()), each.totalBytes()));
        }
        try (var usage = usage(reader, account, including, now)) {
          usage.forEach(each -> own.remove(new DeviceDay(each.subject(), each.day())));
        }
        for (var each : own.values()) {
          sum = sum.add(BigInteger.valueOf(each));
        }
      } else {
        try (var usage = usage(reader, account, provider, now)) {
          sum =
              sum.add(
                  usage
                      .map(each -> BigInteger.valueOf(each.totalBytes()))
                      .reduce(BigInteger.ZERO, BigInteger::add));
        }
      }
    }
    return sum.longValueExact();
  }

  private Stream<DailyUsage> usage(
      UsageReader reader, String account, String provider, Instant now) {
    return reader.dailyUsage(UsageQuery.days(days).account(account).provider(provider).asOf(now));
  }
}
