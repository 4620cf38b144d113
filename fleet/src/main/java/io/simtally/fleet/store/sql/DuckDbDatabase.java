package io.simtally.fleet.store.sql;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/** A DuckDB file, which one process at a time can open. */
public final class DuckDbDatabase implements Database {
  /**
   * DuckDB's limit outside of the Java heap. Larger intermediate results go to a folder on disk.
   */
  private static final String MEMORY = "512MB";

  /** The limit of a command that only reads: with the Java heap it stays below {@link #MEMORY}. */
  private static final String MEMORY_TO_READ = "192MB";

  private static final String NOT_DUCKDB = "is not a DuckDB file";

  /** The locks by canonical path: two stores of one process may use one file. */
  private static final Map<String, ReentrantLock> WRITING = new ConcurrentHashMap<>();

  private final String path;
  private final boolean isReadOnly;
  private final DuckDBConnection file;
  private final Lock writing;

  public DuckDbDatabase(String path, boolean isReadOnly) throws RefusalException {
    this.path = path;
    this.isReadOnly = isReadOnly;
    if (path.indexOf(';') >= 0) {
      throw new IllegalArgumentException(
          "store: the path of a DuckDB file must not contain a semicolon");
    }
    try {
      this.file = isReadOnly ? openReadOnly(path) : open(path, new Properties());
      configure(file, isReadOnly ? MEMORY_TO_READ : MEMORY);
      this.writing = WRITING.computeIfAbsent(canonicalPath(), key -> new ReentrantLock());
    } catch (SQLException e) {
      throw RefusalException.of(this, "cannot be opened", e);
    }
  }

  private static DuckDBConnection open(String path, Properties properties) throws SQLException {
    return (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:" + asFile(path), properties);
  }

  private static DuckDBConnection openReadOnly(String path) throws SQLException {
    if (!Files.exists(Path.of(asFile(path)))) {
      throw RefusalException.of(path, "does not exist");
    }
    var properties = new Properties();
    properties.setProperty(DuckDBDriver.DUCKDB_READONLY_PROPERTY, "true");
    DuckDBConnection file;
    try {
      file = open(path, properties);
    } catch (SQLException e) {
      if (isOpenHere(e)) {
        // This process writes the file already. The store itself refuses writes.
        return open(path, new Properties());
      }
      throw e;
    }
    // The default is a folder beside the file, which may be read-only.
    var spill = Path.of(System.getProperty("java.io.tmpdir"), "simtally-" + UUID.randomUUID());
    run(file, "set temp_directory = '" + spill.toString().replace("'", "''") + "'");
    return file;
  }

  private static boolean isOpenHere(SQLException failure) {
    return String.valueOf(failure.getMessage()).contains("with a different configuration");
  }

  /**
   * Sets options by statements. As part of the URL they would keep a second store from the file.
   */
  private static void configure(Connection file, String memory) throws SQLException {
    run(file, "set memory_limit = '" + memory + "'");
    // The driver includes all that the store needs, so DuckDB must download nothing.
    run(file, "set autoinstall_known_extensions = false");
    run(file, "set autoload_known_extensions = false");
  }

  static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Returns the path so that names such as {@code md:fleet} and {@code :memory:} mean files. */
  private static String asFile(String path) {
    return path.matches("(?:[A-Za-z]:)?[/\\\\].*") ? path : "./" + path;
  }

  private String canonicalPath() throws SQLException {
    try (var statement = file.createStatement();
        var row =
            statement.executeQuery("select path from duckdb_databases() where not internal")) {
      var canonical = row.next() ? row.getString(1) : null;
      if (canonical == null) {
        // DuckDB opens a CSV or Parquet file as a view in memory.
        file.close();
        throw RefusalException.of(path, NOT_DUCKDB);
      }
      return canonical;
    }
  }

  @Override
  public String name() {
    return path;
  }

  @Override
  public Connection connect() throws SQLException {
    var connection = file.duplicate();
    // Without this the driver holds all rows of a result in memory.
    run(connection, "set session jdbc_stream_results = true");
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
    // An appender begins no transaction: its rows would survive a rollback.
    run(connection, "select 1");
  }

  @Override
  public Set<String> existing(Connection connection, Set<String> tables) throws SQLException {
    var all = all(connection);
    all.retainAll(tables);
    return all;
  }

  @Override
  public boolean isOccupied(Connection connection) throws SQLException {
    return !all(connection).isEmpty();
  }

  private static Set<String> all(Connection connection) throws SQLException {
    var names = new HashSet<String>();
    try (var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "select table_name from information_schema.tables"
                    + " where table_catalog = current_database()")) {
      while (row.next()) {
        names.add(row.getString(1));
      }
    }
    return names;
  }

  @Override
  public String textType() {
    return "varchar";
  }

  @Override
  public List<String> indexes() {
    return List.of();
  }

  /** Writes the rows into a new table: an appender writes columns in the order of the table. */
  @Override
  public List<String> withColumn(String table, String column, String value) {
    var columns = Schema.columns(table);
    var values = columns.stream().map(each -> each.equals(column) ? value : each).toList();
    var old = table + "_old";
    return List.of(
        "alter table " + table + " rename to " + old,
        Schema.createTable(this, table),
        "insert into %s (%s) select %s from %s"
            .formatted(table, String.join(", ", columns), String.join(", ", values), old),
        "drop table " + old);
  }

  @Override
  public void copyRights(Connection connection, String table, Collection<String> others) {
    // DuckDB has no roles.
  }

  @Override
  public String eachDay(String from, String to) {
    return "cast(unnest(generate_series(cast("
        + from
        + " as timestamp), cast("
        + to
        + " as timestamp), interval '1 day')) as date)";
  }

  /** The parameter is one text that begins with its separator, since arrays are far slower. */
  @Override
  public String subjectIsAmong() {
    return "subject in (select unnest(string_split(substr(texts, 2), substr(texts, 1, 1)))"
        + " from (select ? as texts))";
  }

  @Override
  public void setSubjects(PreparedStatement query, int parameter, Collection<String> subjects)
      throws SQLException {
    var separator = "\n";
    while (isInAny(separator, subjects)) {
      separator = Character.toString(separator.charAt(0) + 1);
    }
    query.setString(parameter, separator + String.join(separator, subjects));
  }

  private static boolean isInAny(String text, Collection<String> subjects) {
    return subjects.stream().anyMatch(subject -> subject.contains(text));
  }

  /** Functions of time zones are ten times slower. */
  @Override
  public String epochDay(String timestamp) {
    return "epoch_us(" + timestamp + ") // 86400000000";
  }

  /** The minimum of numbers is far faster than that of texts. */
  @Override
  public String comparable(String text) {
    return "hash(" + text + ")";
  }

  @Override
  public String nullText() {
    return "cast(null as varchar)";
  }

  @Override
  public Instant moment(ResultSet row, int column) throws SQLException {
    return Micros.instant(row.getLong(column));
  }

  @Override
  public RowWriter into(Connection connection, String table) throws SQLException {
    return new Rows(((DuckDBConnection) connection).createAppender(table));
  }

  @Override
  public RecordWriter records(Connection connection, String table) throws SQLException {
    return new DuckDbRecords((DuckDBConnection) connection, table, into(connection, table));
  }

  /** Closes an appender, whose {@code close} alone ignores rows that the table refuses. */
  static void flushAndClose(DuckDBAppender appender) throws SQLException {
    try (appender) {
      appender.flush();
    }
  }

  private record Rows(DuckDBAppender appender) implements RowWriter {
    @Override
    public RowWriter beginRow() throws SQLException {
      appender.beginRow();
      return this;
    }

    @Override
    public RowWriter text(@Nullable String value) throws SQLException {
      appender.append(value);
      return this;
    }

    @Override
    public RowWriter number(@Nullable Long value) throws SQLException {
      appender.append(value);
      return this;
    }

    @Override
    public RowWriter moment(Instant value) throws SQLException {
      appender.appendEpochMicros(Micros.of(value));
      return this;
    }

    @Override
    public RowWriter day(LocalDate value) throws SQLException {
      appender.append(value);
      return this;
    }

    @Override
    public void endRow() throws SQLException {
      appender.endRow();
    }

    @Override
    public void close() throws SQLException {
      flushAndClose(appender);
    }
  }

  /** The driver needs longer for a text than for all numbers of a row. */
  @Override
  public String withoutRepeatedTexts(String records) {
    return """
        select case when is_changed then provider end as provider,
          case when is_changed then account end as account,
          case when is_changed then subject end as subject,
          case when is_changed then source end as source,
          start_time, period_seconds, total_bytes, uplink_bytes, downlink_bytes
          from (select *, subject is distinct from lag(subject) over ()
            or source is distinct from lag(source) over ()
            or account is distinct from lag(account) over ()
            or provider is distinct from lag(provider) over () as is_changed
          from (%s))"""
        .formatted(records);
  }

  @Override
  public @Nullable String inPlainWords(SQLException failure) {
    var message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("could not set lock on file")
        || message.contains("being used by another process")) {
      return "is open in another process; only one process at a time can open a DuckDB file";
    }
    if (isOpenHere(failure)) {
      return "is open for reading in this process";
    }
    if (message.contains("not a valid duckdb database file")) {
      return NOT_DUCKDB;
    }
    if (message.contains("no space left on device")
        || message.contains("not enough space on the disk")) {
      return "cannot be written: the disk is full";
    }
    return null;
  }

  @Override
  public String ownWords(SQLException failure) {
    return String.valueOf(failure.getMessage());
  }

  @Override
  public void close() throws SQLException {
    file.close();
  }
}
