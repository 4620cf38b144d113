package io.simtally.fleet.alert;

import io.simtally.core.DayRange;
import io.simtally.fleet.store.sql.Database;
import io.simtally.fleet.store.sql.UsageSums;
import io.simtally.fleet.store.sum.SubjectUsage.Sizes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The devices that a rule about days can report. One row of sums for each device excludes nearly
 * all others: a query of the days of all devices would not fit into memory.
 *
 * @param leastBytes the least bytes of the day that the rule reports
 * @param factor the multiple of the median of the other days, or 0 if the rule has none
 */
record Candidates(DayRange days, long leastBytes, int factor) {
  /** Devices of one query of days. */
  private static final int DEVICES = 20_000;

  /** Days that share a bit make the sums weaker, not wrong. */
  private static final int BITS = 62;

  /**
   * Returns the devices in chunks.
   *
   * @param of the condition of the records
   */
  List<List<String>> find(Database database, Connection connection, SqlText of)
      throws SQLException {
    var found = new ArrayList<String>();
    try (var query = query(database, of).prepare(database, connection);
        var row = query.executeQuery()) {
      while (row.next()) {
        var sizes = row.getLong(5);
        var isCandidate =
            isCandidate(row.getLong(2), row.getLong(3), Long.bitCount(row.getLong(4)), sizes);
        if (isCandidate) {
          found.add(row.getString(1));
        }
      }
    }
    var chunks = new ArrayList<List<String>>();
    for (int from = 0; from < found.size(); from += DEVICES) {
      chunks.add(found.subList(from, Math.min(found.size(), from + DEVICES)));
    }
    return chunks;
  }

  private SqlText query(Database database, SqlText of) {
    var day =
        "(" + database.epochDay("start_time") + " - " + days.from().toEpochDay() + ") % " + BITS;
    return new SqlText()
        .add("select subject, count(*), max(total_bytes),")
        .add("bit_or(cast(1 as bigint) << cast(" + day + " as integer)),")
        .add("case when count(*) <= " + UsageSums.MOST_COUNTED + " then")
        .add("cast(sum(" + UsageSums.sizeOfRecord() + ") as bigint) else -1 end from usage_record")
        .add(of)
        .add("group by subject having sum(total_bytes) >= ?", leastBytes)
        .add("and max(total_bytes) >= ? / count(*)", leastBytes);
  }

  /**
   * Returns whether a device can have a day that the rule reports.
   *
   * @param sizes the counts of {@link Sizes}, or -1 if they are not known
   */
  private boolean isCandidate(long records, long mostBytes, int recordDays, long sizes) {
    // All records but one of each other day can be of the same day.
    var ofOneDay = records - recordDays + 1;
    var top =
        Math.multiplyHigh(mostBytes, ofOneDay) == 0 && mostBytes * ofOneDay >= 0
            ? mostBytes * ofOneDay
            : Long.MAX_VALUE;
    if (top < leastBytes) {
      return false;
    }
    // A day below a bound has a record below it, so no more days are low than records.
    return factor == 0
        || (recordDays >= AlertRule.RunawayDevice.MINIMUM_DAYS
            && (sizes < 0
                || Sizes.recordsOfAtMost(top / factor, sizes) > Math.floorDiv(recordDays - 2, 2)));
  }
}
