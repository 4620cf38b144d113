package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Converts rows and parameters between Java and both databases. */
record RowMapper(Database database) {
  static void setMoment(PreparedStatement statement, int parameter, Instant moment)
      throws SQLException {
    statement.setObject(parameter, OffsetDateTime.ofInstant(Micros.cut(moment), ZoneOffset.UTC));
  }

  private static @Nullable Long number(ResultSet row, int column) throws SQLException {
    var value = row.getLong(column);
    return row.wasNull() ? null : (Long) value;
  }

  /** Reads two timestamps, the second one excluded, as the days between them. */
  DayRange days(ResultSet row, int fromColumn) throws SQLException {
    return new DayRange(
        DayRange.dayOf(database.moment(row, fromColumn)),
        DayRange.dayOf(database.moment(row, fromColumn + 1).minusNanos(1)));
  }

  UsageRecord usageRecord(ResultSet row) throws SQLException {
    var seconds = number(row, 4);
    return new UsageRecord(
        row.getString(1),
        row.getString(2),
        database.moment(row, 3),
        seconds == null ? null : Duration.ofSeconds(seconds),
        row.getLong(5),
        number(row, 6),
        number(row, 7),
        row.getString(8));
  }

  Coverage coverage(ResultSet row) throws SQLException {
    return new Coverage(row.getString(1), row.getString(2), days(row, 3), database.moment(row, 5));
  }

  Failure failure(ResultSet row) throws SQLException {
    return new Failure(
        row.getString(1),
        row.getString(2),
        days(row, 3),
        row.getString(5),
        row.getString(6),
        database.moment(row, 7));
  }

  Correction correction(ResultSet row) throws SQLException {
    return new Correction(
        row.getString(1),
        row.getString(2),
        row.getObject(3, LocalDate.class),
        row.getLong(4),
        row.getLong(5),
        database.moment(row, 6));
  }

  DailyUsage dailyUsage(ResultSet row) throws SQLException {
    var bytes = new BigInteger(row.getString(4));
    var day = row.getObject(3, LocalDate.class);
    if (bytes.bitLength() >= Long.SIZE) {
      throw new StoreException(
          "the store %s has %s bytes of %s, device %s, on %s, more than a day of a device may have (%s)"
              .formatted(
                  database.name(), bytes, row.getString(1), row.getString(2), day, Long.MAX_VALUE),
          null);
    }
    return new DailyUsage(row.getString(1), row.getString(2), day, bytes.longValue());
  }

  MonthlyUsage monthlyUsage(ResultSet row) throws SQLException {
    return new MonthlyUsage(
        row.getString(1),
        YearMonth.from(row.getObject(2, LocalDate.class)),
        new BigInteger(row.getString(3)),
        row.getLong(4));
  }
}
