package io.simtally.fleet.store;

import java.net.URLDecoder;
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
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** A PostgreSQL database, which several processes may write at the same time. */
final class PostgresDatabase implements Database {
  private static final String USER = "user";
  private static final String PASSWORD = "password";

  private final String name;
  private final String url;
  private final Properties properties;
  private final Lock writing = new ReentrantLock();

  PostgresDatabase(String location, Map<String, String> environment) {
    this.properties = new Properties();
    properties.setProperty("ApplicationName", "simtally");
    properties.setProperty("tcpKeepAlive", "true");
    setUnlessBlank(USER, environment.get("SIMTALLY_STORE_USER"));
    setUnlessBlank(PASSWORD, environment.get("SIMTALLY_STORE_PASSWORD"));
    // The driver logs its URL, so that what must not be read goes another way.
    this.url = withoutCredentials(location);
    if (url.indexOf('@') >= 0) {
      throw new IllegalArgumentException(
          "store: a PostgreSQL URL names user and password as ?user=...&password=..., not before an @");
    }
    this.name = url.replaceFirst("\\?.*", "");
  }

  private String withoutCredentials(String location) {
    var parts = location.split("\\?", 2);
    if (parts.length == 1) {
      return location;
    }
    var kept = new ArrayList<String>();
    for (var parameter : parts[1].split("&", -1)) {
      var key = parameter.replaceFirst("=.*", "");
      if (key.equals(USER) || key.toLowerCase(Locale.ROOT).contains(PASSWORD)) {
        setUnlessBlank(
            key, decoded(parameter.substring(Math.min(parameter.length(), key.length() + 1))));
      } else {
        kept.add(parameter);
      }
    }
    return kept.isEmpty() ? parts[0] : parts[0] + "?" + String.join("&", kept);
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // Not e, whose message may hold a piece of a password.
      throw new IllegalArgumentException(
          "store: user and password in the URL must be percent-encoded");
    }
  }

  private void setUnlessBlank(String key, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      properties.setProperty(key, value);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Connection connect() throws SQLException {
    var connection = new Driver().connect(url, properties);
    if (connection == null) {
      throw new SQLException("the URL is not one of PostgreSQL");
    }
    // Under a snapshot from before the lock a transaction would not see what it must replace.
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    return connection;
  }

  @Override
  public Lock writing() {
    return writing;
  }

  @Override
  public void serialize(Connection connection, Set<String> names) throws SQLException {
    try (var lock =
        connection.prepareStatement(
            "select pg_advisory_xact_lock(hashtext('simtally ' || current_schema()), hashtext(?))")) {
      // In order, so that no two wait for each other.
      for (var each : new TreeSet<>(names)) {
        lock.setString(1, each);
        lock.execute();
      }
    }
  }

  @Override
  public Set<String> existing(Connection connection, Set<String> tables) throws SQLException {
    var names = new HashSet<String>();
    try (var query = connection.prepareStatement("select 1 where to_regclass(?) is not null")) {
      for (var table : tables) {
        query.setString(1, table);
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
    // Programs share databases; only tables of the same names are in the way.
    return false;
  }

  @Override
  public String textType() {
    return "text collate \"C\"";
  }

  @Override
  public List<String> indexes() {
    return List.of(
        "create index on usage_record (provider, subject, start_time)",
        "create index on coverage (provider, subject)",
        "create index on failure (provider, subject)",
        "create index on correction (provider, subject)");
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
  public Instant moment(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  @Override
  public RowWriter into(Connection connection, String table) throws SQLException {
    return new Rows(
        connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + table + " from stdin"));
  }

  @Override
  public @Nullable String inPlainWords(SQLException failure) {
    var state = String.valueOf(failure.getSQLState());
    if (state.equals("28P01") || state.equals("28000")) {
      return "refuses the user or the password"
          + " (in the URL, or SIMTALLY_STORE_USER and SIMTALLY_STORE_PASSWORD)";
    }
    return switch (state) {
      case "08001", "08004" -> "cannot be reached";
      case "3D000" -> "does not exist on this server";
      case "53100" -> "cannot be written: the server's disk is full";
      case "57P01", "57P02", "57P03", "08000", "08003", "08006", "08007" ->
          "does not answer any more: the connection to the server is lost";
      default -> null;
    };
  }

  @Override
  public String ownWords(SQLException failure) {
    var words = String.valueOf(failure.getMessage());
    var password = properties.getProperty(PASSWORD, "");
    return password.isEmpty() ? words : words.replace(password, "(redacted)");
  }

  @Override
  public void close() {
    // Each connection is closed by whoever opened it.
  }

  /** The text form of COPY. */
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
          // Which PostgreSQL keeps in no text.
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
