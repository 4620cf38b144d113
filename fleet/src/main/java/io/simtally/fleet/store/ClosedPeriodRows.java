package io.simtally.fleet.store;

import io.simtally.fleet.store.sql.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** The tables of closed periods and their gaps, within a transaction. */
record ClosedPeriodRows(Database database, Connection connection) {

  void add(Map<ClosedPeriod, List<ClosedPeriod.Gap>> periods) throws SQLException {
    for (var period : periods.keySet()) {
      requireOpen(period);
    }
    try (var rows = database.into(connection, "closed_period")) {
      for (var each : periods.keySet()) {
        rows.beginRow()
            .text(each.account())
            .day(each.days().from())
            .day(each.days().to())
            .moment(each.closedAt())
            .number(each.totalBytes())
            .endRow();
      }
    }
    try (var rows = database.into(connection, "closed_gap")) {
      for (var period : periods.entrySet()) {
        for (var gap : period.getValue()) {
          rows.beginRow()
              .text(period.getKey().account())
              .day(period.getKey().days().from())
              .day(period.getKey().days().to())
              .text(gap.provider())
              .text(gap.subject())
              .day(gap.days().from())
              .day(gap.days().to())
              .text(gap.reason().name())
              .endRow();
        }
      }
    }
  }

  private void requireOpen(ClosedPeriod period) throws SQLException {
    var sql = "select 1 from closed_period where account = ? and from_day <= ? and to_day >= ?";
    try (var query = database.prepare(connection, sql)) {
      query.setString(1, period.account());
      query.setObject(2, period.days().to());
      query.setObject(3, period.days().from());
      try (var row = query.executeQuery()) {
        if (row.next()) {
          throw new StoreException(
              "a period of account %s with a day of %s is closed already"
                  .formatted(period.account(), period.days()),
              null);
        }
      }
    }
  }
}
