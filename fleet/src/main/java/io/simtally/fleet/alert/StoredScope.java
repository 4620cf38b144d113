package io.simtally.fleet.alert;

import io.simtally.core.DayRange;
import io.simtally.fleet.Carriers;
import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.store.UsageStore;
import io.simtally.fleet.store.sql.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One provider of an account in the store.
 *
 * @param provider the provider, as in usage records
 * @param account the account
 * @param including the provider of the same account whose figures include those of this one for a
 *     device of both, or null
 * @param reportsPerDevice whether a reading of the whole account has a record per device
 * @param wholeAccount the days of the readings of the whole account
 * @param parts all devices, in parts
 */
record StoredScope(
    String provider,
    String account,
    @Nullable String including,
    boolean reportsPerDevice,
    List<DayRange> wholeAccount,
    List<SubjectRange> parts) {

  /** Returns all providers of all accounts, ordered by account. */
  static List<StoredScope> all(Database database, Connection connection) throws SQLException {
    record Key(String account, String provider) {}
    var keys = new ArrayList<Key>();
    try (var query =
            new SqlText()
                .add("select distinct account, provider from coverage order by account, provider")
                .prepare(database, connection);
        var row = query.executeQuery()) {
      while (row.next()) {
        keys.add(new Key(row.getString(1), row.getString(2)));
      }
    }
    var carriers = Carriers.of(Map.of());
    var scopes = new ArrayList<StoredScope>();
    for (var key : keys) {
      var carrier =
          carriers.stream().filter(each -> each.provider().equals(key.provider())).findFirst();
      var including = carrier.map(Carrier::includedIn).orElse(null);
      var scope =
          new StoredScope(
              key.provider(),
              key.account(),
              including != null && keys.contains(new Key(key.account(), including))
                  ? including
                  : null,
              carrier.map(Carrier::reportsPerDevice).orElse(true),
              wholeAccount(database, connection, key.provider(), key.account()),
              List.of());
      scopes.add(scope.withParts(SubjectRange.all(database, connection, scope)));
    }
    return scopes;
  }

  private StoredScope withParts(List<SubjectRange> all) {
    return new StoredScope(provider, account, including, reportsPerDevice, wholeAccount, all);
  }

  private static List<DayRange> wholeAccount(
      Database database, Connection connection, String provider, String account)
      throws SQLException {
    var days = new ArrayList<DayRange>();
    try (var query =
            new SqlText()
                .add(
                    "select cast(from_time at time zone 'UTC' as date),"
                        + " cast(to_time at time zone 'UTC' as date) from coverage"
                        + " where provider = ? and account = ? and subject = ?",
                    provider,
                    account,
                    UsageStore.ACCOUNT)
                .prepare(database, connection);
        var row = query.executeQuery()) {
      while (row.next()) {
        days.add(
            new DayRange(
                row.getObject(1, LocalDate.class), row.getObject(2, LocalDate.class).minusDays(1)));
      }
    }
    return days;
  }

  /** Returns the days that only the readings of a device can cover. */
  List<DayRange> gapsOfDevice(DayRange days) {
    return reportsPerDevice ? days.without(wholeAccount) : List.of(days);
  }

  /** Returns the days without a reading of the whole account. */
  List<DayRange> gapsOfAccount(DayRange days) {
    return days.without(wholeAccount);
  }
}
