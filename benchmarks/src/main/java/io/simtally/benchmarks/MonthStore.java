package io.simtally.benchmarks;

import io.simtally.fleet.store.UsageStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBDriver;

/**
 * Makes a store of 30 days of many devices by SQL, in a minute instead of a sync of hours, and
 * times the sums of its devices as one query.
 *
 * <p>The devices are of five providers. One in 20 has no usage, one in 50,000 runs away on the last
 * day, one in 500 could not be read in the last ten days, and one in ten has a label and a group.
 */
final class MonthStore {
  private static final List<String> PROVIDERS =
      List.of(
          "iotx-analytics",
          "mason-usage",
          "alef-connectivity",
          "thingspace-m2m",
          "thingspace-hyperprecise");

  private static final String RECORDS =
      """
      insert into usage_record select '{provider}', '{account}', {subject},
        timestamptz '2026-01-01 00:00:00+00' + to_days(cast(day as integer)), 86400,
        uplink + downlink, uplink, downlink, null
      from (select device, day, hash(device * 100 + day) % 4000000 as uplink,
          hash(device * 100 + day + 7) % 64000000
            + case when device % 50000 = 17 and day = 29 then 3000000000 else 0 end as downlink
        from range({devices}) d(device), range(30) y(day)
        where device % 20 <> 3 and (device % 500 <> 1 or day < 20 or {whole}))
      order by device, day""";

  private static final String READINGS_OF_DEVICES =
      """
      insert into coverage select '{provider}', '{account}', {subject},
        timestamptz '2026-01-01 00:00:00+00',
        case when device % 500 = 1 then timestamptz '2026-01-21 00:00:00+00'
          else timestamptz '2026-01-31 00:00:00+00' end, timestamptz '2026-02-05 06:00:00+00'
      from range({devices}) d(device)""";

  private static final String FAILURES =
      """
      insert into failure select '{provider}', '{account}', {subject},
        timestamptz '2026-01-21 00:00:00+00', timestamptz '2026-01-31 00:00:00+00', 'TIMEOUT',
        'the call timed out', timestamptz '2026-02-05 06:00:00+00'
      from range({devices}) d(device) where device % 500 = 1""";

  private static final String READING_OF_ACCOUNT =
      """
      insert into coverage values ('{provider}', '{account}', '*',
        timestamptz '2026-01-01 00:00:00+00', timestamptz '2026-01-31 00:00:00+00',
        timestamptz '2026-02-05 06:00:00+00')""";

  private static final String LABELS =
      """
      insert into device select '{provider}', '{account}', {subject}, 'device ' || device,
        'group ' || device % 40
      from range({devices}) d(device) where device % 10 = 0""";

  private static final String ACCOUNT =
      """
      insert into account (account, provider, first_read_at)
      values ('{account}', '{provider}', timestamptz '2026-02-05 06:00:00+00')""";

  private static final String SUMS =
      "select provider, account, subject, count(*), sum(total_bytes) from usage_record"
          + " group by provider, account, subject";

  private MonthStore() {}

  /**
   * Makes a store.
   *
   * @param args the new DuckDB file, and the number of devices
   */
  public static void main(String[] args) throws SQLException {
    var devices = Long.parseLong(args[1]) / PROVIDERS.size();
    UsageStore.open(Path.of(args[0])).close();
    try (var store = new DuckDBDriver().connect("jdbc:duckdb:" + args[0], new Properties())) {
      run(store, "set memory_limit = '2GB'");
      run(store, "set timezone = 'UTC'");
      for (var provider : PROVIDERS) {
        var isWhole = provider.equals(PROVIDERS.get(0));
        var statements =
            isWhole
                ? List.of(ACCOUNT, RECORDS, READING_OF_ACCOUNT, LABELS)
                : List.of(ACCOUNT, RECORDS, READINGS_OF_DEVICES, FAILURES, LABELS);
        for (var statement : statements) {
          run(store, of(provider, devices, isWhole, statement));
        }
      }
      run(store, "checkpoint");
      run(store, "set memory_limit = '256MB'");
      for (int i = 0; i < 3; i++) {
        System.out.printf("the sums as one query: %s s%n", seconds(store));
      }
    }
  }

  private static String of(String provider, long devices, boolean isWhole, String statement) {
    var account = provider.startsWith("thingspace") ? "thingspace" : provider;
    var prefix = "8944500000" + PROVIDERS.indexOf(provider);
    return statement
        .replace("{provider}", provider)
        .replace("{account}", account)
        .replace("{devices}", String.valueOf(devices))
        .replace("{whole}", String.valueOf(isWhole))
        .replace("{subject}", "'" + prefix + "' || lpad(cast(device as varchar), 8, '0')");
  }

  private static void run(Connection store, String sql) throws SQLException {
    try (var statement = store.createStatement()) {
      statement.execute(sql);
    }
  }

  private static double seconds(Connection store) throws SQLException {
    var start = System.nanoTime();
    try (var statement = store.createStatement();
        var row =
            statement.executeQuery(
                "select count(*), sum(total) from (" + SUMS + ") t(p, a, s, n, total)")) {
      row.next();
    }
    return (System.nanoTime() - start) / 1_000_000 / 1e3;
  }
}
