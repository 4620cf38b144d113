package io.simtally.fleet.store.sql;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** A schema of a PostgreSQL database, which several processes may write at the same time. */
public final class PostgresDatabase implements Database {
  /** A table or view, by the word before it: a column may have the name of a table. */
  private static final Pattern TABLE =
      Pattern.compile(
          "(?<=\\b(?:from|into|update|join|table|view|copy|on) )(?:"
              + String.join("|", Schema.NAMES)
              + ")\\b");

  private final PostgresUrl url;
  private final boolean isReadOnly;
  private final String schema;
  private final Lock writing = new ReentrantLock();

  public PostgresDatabase(String location, Map<String, String> environment, boolean isReadOnly)
      throws RefusalException {
    this.isReadOnly = isReadOnly;
    this.url = PostgresUrl.of(location, environment);
    try {
      this.schema = resolvedSchema();
    } catch (SQLException e) {
      throw RefusalException.of(this, "cannot be opened", e);
    }
  }

  /**
   * Returns the schema that has the tables, along the search path of the role, else the one where
   * new tables go. Every statement and lock names this schema: two roles may have different search
   * paths, and must still find the same tables and wait for each other.
   */
  private String resolvedSchema() throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "select coalesce((select nspname from pg_namespace join pg_class"
                    + " on relnamespace = pg_namespace.oid where pg_class.oid = to_regclass('"
                    + Schema.MARK
                    + "')), current_schema())")) {
      var found = row.next() ? row.getString(1) : null;
      if (found == null) {
        throw RefusalException.of(
            name(),
            "cannot be opened: no schema of the user's search path exists;"
                + " set currentSchema in the URL");
      }
      return found;
    }
  }

  @Override
  public String name() {
    return url.name();
  }

  @Override
  public Connection connect() throws SQLException {
    var connection = url.connect();
    // Under a snapshot from before the lock a transaction would not see the rows that it replaces.
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    connection.setReadOnly(isReadOnly);
    return connection;
  }

  @Override
  public boolean isReadOnly() {
    return isReadOnly;
  }

  @Override
  public Lock writing() {
    return writing;
  }

  @Override
  public void serialize(Connection connection, Set<String> names) throws SQLException {
    try (var lock =
        connection.prepareStatement(
            "select pg_advisory_xact_lock(hashtext('simtally ' || ?), hashtext(?))")) {
      lock.setString(1, schema);
      // In order, so that no two transactions wait for each other.
      for (var each : new TreeSet<>(names)) {
        lock.setString(2, each);
        lock.execute();
      }
    }
  }

  @Override
  public String sql(String statement) {
    return TABLE.matcher(statement).replaceAll(Matcher.quoteReplacement(quotedSchema()) + ".$0");
  }

  private String quotedSchema() {
    return '"' + schema.replace("\"", "\"\"") + '"';
  }

  @Override
  public Set<String> existing(Connection connection, Set<String> tables) throws SQLException {
    var names = new HashSet<String>();
    try (var query = connection.prepareStatement("select 1 where to_regclass(?) is not null")) {
      for (var table : tables) {
        query.setString(1, quotedSchema() + "." + table);
        try (var row = query.executeQuery()) {
          if (row.next()) {
            names.add(table);
          }
        }
      }
    }
    return names;
  }

  @Override
  public boolean isOccupied(Connection connection) {
    // Programs share databases; only tables with the same names conflict.
    return false;
  }

  @Override
  public String textType() {
    return "text collate \"C\"";
  }

  @Override
  public List<String> indexes() {
    return List.of(
        "create index on usage_record (provider, account, subject, start_time)",
        "create index on uncounted_record (provider, account, subject, start_time)",
        "create index on coverage (provider, account, subject)",
        "create index on failure (provider, account, subject)",
        "create index on correction (provider, account, subject)");
  }

  /**
   * Changes the table in place, which keeps the rights of other roles. The type of the new column
   * is set twice, since an update would leave a dead version of each row.
   */
  @Override
  public List<String> withColumn(String table, String column, String value) {
    var start = table.equals(RECORDS) ? "_start_time" : "";
    var alter = "alter table " + table + " ";
    return List.of(
        "drop index if exists "
            + quotedSchema()
            + "."
            + table
            + "_provider_subject"
            + start
            + "_idx",
        alter + "add column " + column + " " + textType(),
        alter
            + "alter column "
            + column
            + " type "
            + textType()
            + " using ("
            + value
            + "), alter column "
            + column
            + " set not null");
  }

  @Override
  public void copyRights(Connection connection, String table, Collection<String> others)
      throws SQLException {
    var grants = new ArrayList<String>();
    try (var query =
        connection.prepareStatement(
            "select string_agg(privilege_type, ', '),"
                + " case grantee when 0 then 'public'"
                + " else quote_ident(pg_get_userbyid(grantee)) end"
                + " from pg_class, aclexplode(relacl)"
                + " where pg_class.oid = to_regclass(?) and grantee <> relowner group by grantee")) {
      query.setString(1, quotedSchema() + "." + table);
      try (var row = query.executeQuery()) {
        while (row.next()) {
          for (var other : others) {
            grants.add("grant " + row.getString(1) + " on " + other + " to " + row.getString(2));
          }
        }
      }
    }
    for (var grant : grants) {
      execute(connection, grant);
    }
  }

  @Override
  public String eachDay(String from, String to) {
    return "cast(generate_series(cast("
        + from
        + " as timestamp), cast("
        + to
        + " as timestamp), interval '1 day') as date)";
  }

  /** The server has no statistics of common table expressions, and expects one row of a join. */
  @Override
  public void avoidNestedLoops(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("set local enable_nestloop = off");
    }
  }

  @Override
  public String subjectIsAmong() {
    return "subject = any(?)";
  }

  @Override
  public void setSubjects(PreparedStatement query, int parameter, Collection<String> subjects)
      throws SQLException {
    query.setArray(parameter, query.getConnection().createArrayOf("varchar", subjects.toArray()));
  }

  @Override
  public String epochDay(String timestamp) {
    return "cast(floor(extract(epoch from " + timestamp + ") / 86400) as bigint)";
  }

  @Override
  public String comparable(String text) {
    return text;
  }

  @Override
  public String nullText() {
    return "cast(null as text) collate \"C\"";
  }

  @Override
  public Instant moment(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  @Override
  public RowWriter into(Connection connection, String table) throws SQLException {
    var columns = String.join(", ", Schema.columns(table));
    var copy = sql("copy " + table + " (" + columns + ") from stdin");
    return new Rows(connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy));
  }

  @Override
  public @Nullable String inPlainWords(SQLException failure) {
    return PostgresErrors.explain(failure, ownWords(failure), url.hasUser());
  }

  @Override
  public String ownWords(SQLException failure) {
    return url.redacted(String.valueOf(failure.getMessage()));
  }

  @Override
  public void close() {
    // The store closes its connections.
  }

  /** Writes rows in the text format of COPY. */
  private static final class Rows implements RowWriter {
    private static final int BUFFER = 1 << 16;

    private final CopyIn copy;
    private final StringBuilder text = new StringBuilder(BUFFER + (BUFFER >> 1));
    private boolean first;

    Rows(CopyIn copy) {
      this.copy = copy;
    }

    @Override
    public RowWriter beginRow() {
      first = true;
      return this;
    }

    @Override
    public RowWriter text(@Nullable String value) {
      separate();
      if (value == null) {
        text.append("\\N");
        return this;
      }
      for (int i = 0; i < value.length(); i++) {
        var each = value.charAt(i);
        switch (each) {
          case '\\' -> text.append("\\\\");
          case '\t' -> text.append("\\t");
          case '\n' -> text.append("\\n");
          case '\r' -> text.append("\\r");
          // No PostgreSQL text holds this character.
          case '\0' -> text.append('\uFFFD');
          default -> text.append(each);
        }
      }
      return this;
    }

    @Override
    public RowWriter number(@Nullable Long value) {
      separate();
      if (value == null) {
        text.append("\\N");
      } else {
        text.append(value.longValue());
      }
      return this;
    }

    @Override
    public RowWriter moment(Instant value) {
      separate();
      text.append(Micros.cut(value));
      return this;
    }

    @Override
    public RowWriter day(LocalDate value) {
      separate();
      text.append(value);
      return this;
    }

    @Override
    public void endRow() throws SQLException {
      text.append('\n');
      if (text.length() >= BUFFER) {
        flush();
      }
    }

    private void separate() {
      if (!first) {
        text.append('\t');
      }
      first = false;
    }

    private void flush() throws SQLException {
      var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      copy.writeToCopy(bytes, 0, bytes.length);
      text.setLength(0);
    }

    @Override
    public void close() throws SQLException {
      if (!copy.isActive()) {
        return;
      }
      flush();
      copy.endCopy();
    }
  }
}
