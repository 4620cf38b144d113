package io.simtally.fleet.store;

import io.simtally.fleet.store.sql.Database;
import io.simtally.fleet.store.sql.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;

/** The mark that says whether the figures of a store are real or simulated. */
final class OriginMark {
  private final Database database;
  private final Connection connection;

  OriginMark(Database database, Connection connection) {
    this.database = database;
    this.connection = connection;
  }

  /** Returns the origin of the figures, or empty if the store has none. */
  Optional<Origin> read() throws SQLException {
    try (var query = database.prepare(connection, "select origin from " + Schema.ORIGIN);
        var row = query.executeQuery()) {
      return row.next() ? Optional.of(origin(row.getString(1))) : Optional.empty();
    }
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
    try (var insert =
        database.prepare(connection, "insert into " + Schema.ORIGIN + " values (?)")) {
      insert.setString(1, origin.word());
      insert.executeUpdate();
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
