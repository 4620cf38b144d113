package io.simtally.fleet.alert;

import io.simtally.core.DayRange;
import io.simtally.core.internal.Preconditions;
import io.simtally.fleet.store.UsageStore;
import io.simtally.fleet.store.sql.Database;
import io.simtally.fleet.store.sql.SqlStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates rules over a store, after a sync. Immutable.
 *
 * <p>Rules see the current billing cycle of an account and the one before it, whose figures may
 * still be corrected. The database evaluates them, and keeps the events in the table {@code
 * alert_event}: an event is stored once for its rule, subject and cycle, whatever is repeated.
 *
 * <p>Events are stored before they are delivered, and marked as delivered afterwards. If the
 * process ends in between, the next run delivers the same events, with the same ids.
 */
public final class Alerts {
  private final List<AlertRule> rules;
  private final List<AlertAccount> accounts;
  private final Clock clock;

  /** The names of the accounts to evaluate, or null for all. */
  private final @Nullable Set<String> only;

  private Alerts(
      List<AlertRule> rules, List<AlertAccount> accounts, Clock clock, @Nullable Set<String> only) {
    this.rules = rules;
    this.accounts = accounts;
    this.clock = clock;
    this.only = only;
  }

  /**
   * Creates alerts by the clock of the system.
   *
   * @param rules the rules
   * @param accounts the billing cycles and allowances of accounts. The cycles of other accounts of
   *     the store are calendar months
   * @return the alerts
   * @throws IllegalArgumentException if two rules have the same name
   */
  public static Alerts of(
      Collection<? extends AlertRule> rules, Collection<? extends AlertAccount> accounts) {
    var names = new HashSet<String>();
    for (var rule : Preconditions.present("rules", rules)) {
      if (!names.add(rule.name())) {
        throw new IllegalArgumentException("two rules have the name " + rule.name());
      }
    }
    return new Alerts(
        List.copyOf(rules),
        List.copyOf(Preconditions.present("accounts", accounts)),
        Clock.systemUTC(),
        null);
  }

  /**
   * Sets the clock.
   *
   * @param other the current time, which decides the cycles and the last whole day
   * @return new alerts
   */
  public Alerts clock(Clock other) {
    return new Alerts(rules, accounts, Preconditions.present("clock", other), only);
  }

  /**
   * Evaluates some accounts only. Events of other accounts that an ended run has left are delivered
   * nevertheless.
   *
   * @param names the names of the accounts
   * @return new alerts
   */
  public Alerts accounts(Collection<String> names) {
    return new Alerts(rules, accounts, clock, Set.copyOf(Preconditions.present("names", names)));
  }

  /**
   * Evaluates the rules, and delivers the events that have not been delivered.
   *
   * @param store the store
   * @param events receives each event. An exception ends the run, and the next run delivers the
   *     event
   * @return the number of delivered events
   * @throws IllegalArgumentException if the store is not one of {@link UsageStore#open}
   * @throws io.simtally.fleet.store.StoreException if the store cannot be read or written
   */
  public long run(UsageStore store, Consumer<AlertEvent> events) {
    Preconditions.present("events", events);
    return runInChunks(store, chunk -> chunk.forEach(events));
  }

  /**
   * Evaluates the rules, and delivers the events that have not been delivered, many at a time.
   *
   * @param store the store
   * @param events receives events. They are marked as delivered when it returns
   * @return the number of delivered events
   * @throws IllegalArgumentException if the store is not one of {@link UsageStore#open}
   * @throws io.simtally.fleet.store.StoreException if the store cannot be read or written
   */
  public long runInChunks(UsageStore store, Consumer<List<AlertEvent>> events) {
    Preconditions.present("events", events);
    if (!(Preconditions.present("store", store) instanceof SqlStore sql)) {
      throw new IllegalArgumentException("alerts need a store of UsageStore.open");
    }
    sql.transaction(EventTable.LOCK, this::evaluate);
    long delivered = 0;
    for (var count = deliver(sql, events); count > 0; count = deliver(sql, events)) {
      delivered += count;
    }
    return delivered;
  }

  private int deliver(SqlStore store, Consumer<List<AlertEvent>> events) {
    var count = new int[1];
    store.transaction(
        EventTable.LOCK,
        (database, connection) -> {
          var table = new EventTable(database, connection);
          var pending = table.pending();
          if (!pending.isEmpty()) {
            events.accept(pending);
            table.markDelivered(pending, clock.instant());
          }
          count[0] = pending.size();
        });
    return count[0];
  }

  private void evaluate(Database database, Connection connection) throws SQLException {
    var now = clock.instant();
    var today = DayRange.dayOf(now);
    var stored = StoredScope.all(database, connection);
    for (var name : stored.stream().map(StoredScope::account).distinct().toList()) {
      if (only != null && !only.contains(name)) {
        continue;
      }
      var scopes = stored.stream().filter(each -> each.account().equals(name)).toList();
      var account = account(name);
      var current = account == null ? month(today) : account.cycle(today);
      var before =
          account == null
              ? month(current.from().minusDays(1))
              : account.cycle(current.from().minusDays(1));
      for (var cycle : List.of(before, current)) {
        evaluate(database, connection, scopes, account, cycle, now);
      }
    }
  }

  private void evaluate(
      Database database,
      Connection connection,
      List<StoredScope> scopes,
      @Nullable AlertAccount account,
      DayRange cycle,
      Instant now)
      throws SQLException {
    var name = scopes.get(0).account();
    for (var rule : rules) {
      if (rule.account() != null && !rule.account().equals(name)) {
        continue;
      }
      if (!(rule instanceof AlertRule.Pool pool)) {
        for (var scope : scopes) {
          DeviceRules.evaluate(database, connection, scope, rule, cycle, now);
        }
      } else if (account != null && account.poolBytes().isPresent()) {
        new PoolRule(database, connection, scopes, now)
            .evaluate(pool, cycle, account.poolBytes().getAsLong());
      }
    }
  }

  private @Nullable AlertAccount account(String name) {
    return accounts.stream().filter(each -> each.name().equals(name)).findFirst().orElse(null);
  }

  private static DayRange month(LocalDate day) {
    return DayRange.of(YearMonth.from(day));
  }
}
