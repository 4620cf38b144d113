package io.simtally.fleet.alert;

import io.simtally.fleet.store.UsageStore;
import io.simtally.fleet.store.sql.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of the devices of an account. Queries over one part at a time need memory for that part
 * only, whatever the number of devices.
 *
 * @param from the first subject, or null for no bound
 * @param to the first subject of the next part, or null for no bound
 */
record SubjectRange(@Nullable String from, @Nullable String to) {
  private static final int DEVICES = 200_000;

  /** Returns the parts of the devices of a provider of an account. */
  static List<SubjectRange> all(Database database, Connection connection, StoredScope scope)
      throws SQLException {
    // Only the records name the devices of an account that is read as a whole.
    var table = scope.wholeAccount().isEmpty() ? "coverage" : "usage_record";
    var parts = new ArrayList<SubjectRange>();
    String from = null;
    try (var query =
            new SqlText()
                .add("select subject from (select subject, row_number() over (order by subject)")
                .add("as nth from (select distinct subject from " + table)
                .add("where provider = ? and account = ?", scope.provider(), scope.account())
                .add("and subject <> ?) subjects) numbered", UsageStore.ACCOUNT)
                .add("where nth % " + DEVICES + " = 0 order by subject")
                .prepare(database, connection);
        var row = query.executeQuery()) {
      while (row.next()) {
        parts.add(new SubjectRange(from, row.getString(1)));
        from = row.getString(1);
      }
    }
    parts.add(new SubjectRange(from, null));
    return parts;
  }

  /** Returns the condition on the subject, which follows others. */
  SqlText condition() {
    var condition = new SqlText();
    if (from != null) {
      condition.add("and subject >= ?", from);
    }
    if (to != null) {
      condition.add("and subject < ?", to);
    }
    return condition;
  }
}
