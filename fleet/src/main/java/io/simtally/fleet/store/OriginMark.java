package io.simtally.fleet.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The mark that says whether the figures of a store are real or simulated. A store that has rows
 * and no mark was written by a version without marks, and is real.
 */
final class OriginMark {
  private static final List<String> WRITTEN_BY_A_RUN =
      List.of("sync_run", "coverage", "failure", "usage_record");

  private final Database database;
  private final Connection connection;

  OriginMark(Database database, Connection connection) {
    this.database = database;
    this.connection = connection;
  }

  /** Returns the origin of the figures, or empty if the store has none. */
  Optional<Origin> read() throws SQLException {
    var word = exists() ? first("select origin from " + Schema.ORIGIN) : Optional.<String>empty();
    if (word.isPresent()) {
      return Optional.of(origin(word.get()));
    }
    for (var table : WRITTEN_BY_A_RUN) {
      if (first("select provider from " + table + " limit 1").isPresent()) {
        return Optional.of(Origin.REAL);
      }
    }
    return Optional.empty();
  }

  /** Sets the mark of a store without figures. The transaction must hold {@link Schema#MARK}. */
  void claim(Origin wanted) throws SQLException {
    var present = read();
    if (present.isEmpty()) {
      write(wanted);
    } else if (present.get() != wanted) {
      throw new StoreException(
          "the store "
              + database.name()
              + " holds "
              + present.get().word()
              + " figures; use another store for "
              + wanted.word()
              + " ones",
          null);
    }
  }

  private void write(Origin origin) throws SQLException {
    if (!exists()) {
      database.execute(connection, Schema.originTable(database));
    }
    try (var insert =
        database.prepare(connection, "insert into " + Schema.ORIGIN + " values (?)")) {
      insert.setString(1, origin.word());
      insert.executeUpdate();
    }
  }

  private boolean exists() throws SQLException {
    return !database.existing(connection, Set.of(Schema.ORIGIN)).isEmpty();
  }

  private Optional<String> first(String sql) throws SQLException {
    try (var query = database.prepare(connection, sql);
        var row = query.executeQuery()) {
      return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
    }
  }

  private Origin origin(String word) {
    return Stream.of(Origin.values())
        .filter(each -> each.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new StoreException(
                    "the store "
                        + database.name()
                        + " is damaged: its figures are neither real nor simulated",
                    null));
  }
}
