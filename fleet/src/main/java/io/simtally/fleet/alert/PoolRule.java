package io.simtally.fleet.alert;

import io.simtally.core.DayRange;
import io.simtally.fleet.store.sql.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** The rule about the allowance of an account, over all of its providers. */
final class PoolRule {
  private static final int HUNDRED = 100;

  private final Database database;
  private final Connection connection;
  private final List<StoredScope> scopes;
  private final LocalDate today;
  private final Instant now;

  PoolRule(Database database, Connection connection, List<StoredScope> scopes, Instant now) {
    this.database = database;
    this.connection = connection;
    this.scopes = scopes;
    this.today = DayRange.dayOf(now);
    this.now = now;
  }

  void evaluate(AlertRule.Pool rule, DayRange cycle, long poolBytes) throws SQLException {
    var days = PoolDays.read(database, connection, scopes, cycle, today);
    var used = days.usedBytes(cycle);
    var soFar = cycle.to().isBefore(today) ? cycle : DayRange.of(cycle.from(), today);
    var unknown = days.unknownDays(cycle);
    var events = new EventTable(database, connection);
    for (var percent : rule.percents().stream().sorted().toList()) {
      if (reaches(used, percent, poolBytes)) {
        events.addAccount(
            key(rule, RuleType.POOL, String.valueOf(percent), cycle),
            soFar,
            used,
            poolBytes,
            percent,
            null,
            unknown,
            now);
      }
    }
    if (rule.forecasts() && cycle.contains(today) && used < poolBytes) {
      var forecast = days.forecast(cycle);
      if (forecast.isPresent() && forecast.get().bytes() >= poolBytes) {
        events.addAccount(
            key(rule, RuleType.POOL_FORECAST, "", cycle),
            soFar,
            used,
            poolBytes,
            null,
            forecast.get(),
            unknown,
            now);
      }
    }
  }

  private EventKey key(AlertRule rule, String type, String level, DayRange cycle) {
    return new EventKey(rule.name(), type, level, "", scopes.get(0).account(), cycle);
  }

  /** Compares without rounding and without overflow. */
  private static boolean reaches(long used, int percent, long pool) {
    var share = Math.multiplyHigh(pool, percent);
    return share == Math.multiplyHigh(used, HUNDRED)
        ? Long.compareUnsigned(used * HUNDRED, pool * percent) >= 0
        : Math.multiplyHigh(used, HUNDRED) > share;
  }
}
