package io.simtally.fleet.store;

import io.simtally.fleet.store.sql.AccountKey;
import io.simtally.fleet.store.sql.Database;
import io.simtally.fleet.store.sql.SubjectDay;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The ledger of corrections. Rows are added, never changed or deleted. */
final class CorrectionRows {
  private CorrectionRows() {}

  static void add(Database database, Connection connection, List<Correction> changes)
      throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    try (var rows = database.into(connection, "correction")) {
      for (var each : changes) {
        rows.beginRow()
            .text(each.provider())
            .text(each.account())
            .text(each.subject())
            .day(each.day())
            .number(each.beforeBytes())
            .number(each.afterBytes())
            .moment(each.noticedAt())
            .endRow();
      }
    }
  }

  /**
   * Returns a correction for each day whose bytes differ.
   *
   * @param before the bytes of each day in the store
   * @param after the new bytes of each day that had been read before
   * @param at returns the moment of the change of a day
   */
  static List<Correction> between(
      AccountKey key,
      Map<SubjectDay, Long> before,
      Map<SubjectDay, Long> after,
      Function<SubjectDay, Instant> at) {
    var days = new LinkedHashSet<>(before.keySet());
    days.addAll(after.keySet());
    var changes = new ArrayList<Correction>();
    for (var each : days) {
      long was = before.getOrDefault(each, 0L);
      long is = after.getOrDefault(each, 0L);
      if (was != is) {
        changes.add(
            new Correction(
                key.provider(),
                key.account(),
                each.subject(),
                each.day(),
                was,
                is,
                at.apply(each)));
      }
    }
    return changes;
  }
}
