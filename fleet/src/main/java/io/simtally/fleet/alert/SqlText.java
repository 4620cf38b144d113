package io.simtally.fleet.alert;

import io.simtally.fleet.store.sql.Database;
import io.simtally.fleet.store.sql.Micros;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement with the values of its parameters, put together from left to right. */
final class SqlText {
  private final StringBuilder text = new StringBuilder();
  private final List<@Nullable Object> values = new ArrayList<>();

  private record Subjects(List<String> names) {}

  /** Appends a condition on the subject. */
  SqlText addAmong(Database database, List<String> subjects) {
    return add("and " + database.subjectIsAmong(), new Subjects(subjects));
  }

  /** Returns an expression for the UTC day of a timestamp. Functions of time zones are slower. */
  static String day(Database database, String timestamp) {
    return "(date '1970-01-01' + cast(" + database.epochDay(timestamp) + " as integer))";
  }

  /** Appends text and the values of its parameters. */
  SqlText add(String more, @Nullable Object... moreValues) {
    text.append(more).append(' ');
    for (var value : moreValues) {
      values.add(value);
    }
    return this;
  }

  /** Appends another text. */
  SqlText add(SqlText more) {
    text.append(more.text);
    values.addAll(more.values);
    return this;
  }

  PreparedStatement prepare(Database database, Connection connection) throws SQLException {
    var statement = database.prepare(connection, text.toString());
    try {
      for (var i = 0; i < values.size(); i++) {
        if (values.get(i) instanceof Subjects subjects) {
          database.setSubjects(statement, i + 1, subjects.names());
        } else {
          set(statement, i + 1, values.get(i));
        }
      }
      return statement;
    } catch (SQLException | RuntimeException | Error e) {
      statement.close();
      throw e;
    }
  }

  static void set(PreparedStatement statement, int parameter, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      statement.setNull(parameter, Types.BIGINT);
    } else if (value instanceof Instant moment) {
      statement.setObject(parameter, Micros.cut(moment).atOffset(ZoneOffset.UTC));
    } else {
      statement.setObject(parameter, value);
    }
  }

  void update(Database database, Connection connection) throws SQLException {
    try (var statement = prepare(database, connection)) {
      statement.executeUpdate();
    }
  }
}
