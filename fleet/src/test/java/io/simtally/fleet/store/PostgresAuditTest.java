package io.simtally.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.core.DayRange;
import io.simtally.fleet.audit.Audit;
import io.simtally.fleet.audit.MadeSource;
import io.simtally.fleet.store.sql.Schema;
import io.simtally.fleet.sync.Sync;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** An audit of a store in PostgreSQL. */
class PostgresAuditTest {
  private static final LocalDate FIRST = LocalDate.parse("2026-01-01");
  private static final DayRange DAYS = DayRange.of(FIRST, FIRST.plusDays(29));

  private final String location = TestPostgres.emptySchema();

  @Test
  void findsTheDriftAndChangesNoRow() throws SQLException {
    var source = new MadeSource("made", "one", false);
    var account = new MadeSource("whole", "two", true);
    for (var device = 0; device < 20; device++) {
      for (var day : DAYS.each()) {
        source.use("device-" + device, day, 100);
        account.use("line-" + device, day, 7);
      }
    }
    try (var store = UsageStore.open(location, Map.of())) {
      var clock = Clock.fixed(Instant.parse("2026-03-01T00:00:00Z"), ZoneOffset.UTC);
      Sync.into(store).days(DAYS).clock(clock).run(List.of(source, account));
    }
    var before = rows();
    source.use("device-3", FIRST.plusDays(4), 101);
    account.use("line-5", FIRST.plusDays(6), 0);

    try (var store = UsageStore.openReadOnly(location, Map.of())) {
      var all = Audit.of(store).sample(1_200).run(List.of(source, account));
      var some = Audit.of(store).seed(1).run(List.of(source, account));

      assertThat(all.population()).isEqualTo(1_200);
      assertThat(all.differences())
          .extracting(each -> each.subject() + " " + each.storedBytes() + " " + each.carrierBytes())
          .containsExactly("device-3 100 101", "line-5 7 0");
      assertThat(some.compared()).isEqualTo(Audit.DEFAULT_SAMPLE);
    }
    assertThat(rows()).isEqualTo(before);
  }

  /** Returns the rows of all tables. */
  private Map<String, List<String>> rows() throws SQLException {
    var all = new TreeMap<String, List<String>>();
    try (var connection = DriverManager.getConnection(location);
        var statement = connection.createStatement()) {
      for (var table : Schema.NAMES) {
        var rows = new ArrayList<String>();
        try (var row =
            statement.executeQuery("select cast(t as text) from " + table + " t order by 1")) {
          while (row.next()) {
            rows.add(row.getString(1));
          }
        }
        all.put(table, rows);
      }
    }
    return all;
  }
}
