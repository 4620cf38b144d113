package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.fleet.store.UsageStore.GuardedWrite;
import io.simtally.fleet.store.sql.AccountKey;
import io.simtally.fleet.store.sql.Database;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The write of the readings of an account that lower stored usage, within a transaction. */
final class LossWrite {
  private final Database database;
  private final Connection connection;
  private final AccountKey key;
  private final int settleAfterDays;

  LossWrite(Database database, Connection connection, AccountKey key, int settleAfterDays) {
    this.database = database;
    this.connection = connection;
    this.key = key;
    this.settleAfterDays = settleAfterDays;
  }

  /** Writes the days on which the account keeps enough, and returns failures for the others. */
  List<Failure> run(List<GuardedWrite.Losing> losses) throws SQLException {
    var span = ReadingBatch.around(losses.stream().map(each -> each.reading().days()).toList());
    var held = LossGuard.ofAccount(key, losses, stored(span));
    var heldDays = LossGuard.daysOf(held);
    var parts = new ArrayList<Reading>();
    for (var each : losses) {
      for (var days : each.reading().days().without(heldDays)) {
        parts.add(ReadingBatch.part(each.reading(), days));
      }
    }
    // One batch: DuckDB returns no coverage that the transaction itself has added.
    for (var batch : ReadingBatch.of(parts)) {
      new BatchWrite(database, connection, batch, settleAfterDays).run();
    }
    new FailureRows(database, connection).write(held);
    return held;
  }

  private Map<LocalDate, LossGuard.AccountDay> stored(DayRange span) throws SQLException {
    var sql =
        "select day, count(*), cast(sum(bytes) as varchar) from (select subject,"
            + " cast(start_time at time zone 'UTC' as date) as day, sum(total_bytes) as bytes"
            + " from usage_record where provider = ? and account = ?"
            + " and start_time >= ? and start_time < ? group by 1, 2) devices"
            + " where bytes > 0 group by day";
    var days = new HashMap<LocalDate, LossGuard.AccountDay>();
    try (var query = database.prepare(connection, sql)) {
      query.setString(1, key.provider());
      query.setString(2, key.account());
      RowMapper.setMoment(query, 3, span.start());
      RowMapper.setMoment(query, 4, span.end());
      try (var row = query.executeQuery()) {
        while (row.next()) {
          days.put(
              row.getObject(1, LocalDate.class),
              new LossGuard.AccountDay(new BigInteger(row.getString(3)), row.getLong(2)));
        }
      }
    }
    return days;
  }
}
