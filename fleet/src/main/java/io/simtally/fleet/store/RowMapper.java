package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.store.sql.Database;
import io.simtally.fleet.store.sql.Micros;
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
import java.util.Optional;
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

  /**
   * Returns the begin of a select clause: provider and account, or nulls for those that the query
   * names.
   */
  String keys(UsageQuery query) {
    return "select %s as provider, %s as account"
        .formatted(
            query.provider().isPresent() ? database.nullText() : "provider",
            query.account().isPresent() ? database.nullText() : "account");
  }

  /**
   * Returns a mapper for the rows of a query that begins with its {@link #keys}, {@linkplain
   * Database#withoutRepeatedTexts without repeated texts}.
   */
  RowStream.Row<StoredRecord> usageRecords(UsageQuery query) {
    return new Records(database, query.provider(), query.account());
  }

  /** Records of one query, of which a row without a subject has the texts of the row before. */
  private static final class Records implements RowStream.Row<StoredRecord> {
    private final Database database;
    private final Optional<String> onlyProvider;
    private final Optional<String> onlyAccount;
    private String provider = "";
    private String account = "";
    private String subject = "";
    private @Nullable String source;

    Records(Database database, Optional<String> onlyProvider, Optional<String> onlyAccount) {
      this.database = database;
      this.onlyProvider = onlyProvider;
      this.onlyAccount = onlyAccount;
    }

    @Override
    public StoredRecord of(ResultSet row) throws SQLException {
      var changed = row.getString(3);
      if (changed != null) {
        provider = onlyProvider.isPresent() ? onlyProvider.get() : row.getString(1);
        account = onlyAccount.isPresent() ? onlyAccount.get() : row.getString(2);
        subject = changed;
        source = row.getString(4);
      }
      var start = database.moment(row, 5);
      var seconds = number(row, 6);
      var period = seconds == null ? null : Duration.ofSeconds(seconds);
      return new StoredRecord(
          account,
          new UsageRecord(
              provider,
              subject,
              start,
              period,
              row.getLong(7),
              number(row, 8),
              number(row, 9),
              source));
    }
  }

  Coverage coverage(ResultSet row) throws SQLException {
    return new Coverage(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        days(row, 4),
        database.moment(row, 6));
  }

  /** Reads the first and the last day of a range, and the time of its reading. */
  Coverage coveredDays(ResultSet row) throws SQLException {
    return new Coverage(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        dayRange(row, 4),
        database.moment(row, 6));
  }

  ClosedPeriod closedPeriod(ResultSet row) throws SQLException {
    return new ClosedPeriod(
        row.getString(1), dayRange(row, 2), database.moment(row, 4), row.getLong(5));
  }

  ClosedPeriod.Gap gap(ResultSet row) throws SQLException {
    return new ClosedPeriod.Gap(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        dayRange(row, 4),
        ClosedPeriod.Reason.valueOf(row.getString(6)));
  }

  /** Reads the first and the last day. */
  static DayRange dayRange(ResultSet row, int fromColumn) throws SQLException {
    return new DayRange(
        row.getObject(fromColumn, LocalDate.class), row.getObject(fromColumn + 1, LocalDate.class));
  }

  Failure failure(ResultSet row) throws SQLException {
    return new Failure(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        days(row, 4),
        row.getString(6),
        row.getString(7),
        database.moment(row, 8));
  }

  Correction correction(ResultSet row) throws SQLException {
    return new Correction(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getObject(4, LocalDate.class),
        row.getLong(5),
        row.getLong(6),
        database.moment(row, 7));
  }

  static StoredDevice device(ResultSet row) throws SQLException {
    return new StoredDevice(
        row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5));
  }

  DailyUsage dailyUsage(ResultSet row) throws SQLException {
    var bytes = new BigInteger(row.getString(5));
    var day = row.getObject(4, LocalDate.class);
    if (bytes.bitLength() >= Long.SIZE) {
      throw new StoreException(
          "the store %s has %s bytes of %s, account %s, device %s, on %s, more than a day of a device may have (%s)"
              .formatted(
                  database.name(),
                  bytes,
                  row.getString(1),
                  row.getString(2),
                  row.getString(3),
                  day,
                  Long.MAX_VALUE),
          null);
    }
    return new DailyUsage(
        row.getString(1), row.getString(2), row.getString(3), day, bytes.longValue());
  }

  MonthlyUsage monthlyUsage(ResultSet row) throws SQLException {
    return new MonthlyUsage(
        row.getString(1),
        row.getString(2),
        YearMonth.from(row.getObject(3, LocalDate.class)),
        new BigInteger(row.getString(4)),
        row.getLong(5));
  }

  StoredAccount account(ResultSet row) throws SQLException {
    var latestRunAt = row.getObject(4) == null ? null : database.moment(row, 4);
    return new StoredAccount(
        row.getString(1), row.getString(2), database.moment(row, 3), latestRunAt);
  }
}
