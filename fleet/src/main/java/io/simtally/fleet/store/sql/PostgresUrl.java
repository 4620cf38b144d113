package io.simtally.fleet.store.sql;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * A PostgreSQL URL whose credentials are kept apart. The driver logs its URL, so user and password
 * reach the driver as properties.
 */
final class PostgresUrl {
  private static final String USER = "user";
  private static final Pattern SECRET =
      Pattern.compile("pass|pwd|secret|token", Pattern.CASE_INSENSITIVE);
  private static final Pattern SECRET_IN_VALUE =
      Pattern.compile("(?:pass\\w*|pwd|secret|token)\\s*=", Pattern.CASE_INSENSITIVE);

  private final String name;
  private final String url;
  private final Properties properties = new Properties();

  private PostgresUrl(String location, Map<String, String> environment) {
    properties.setProperty("ApplicationName", "simtally");
    properties.setProperty("tcpKeepAlive", "true");
    setUnlessBlank(USER, environment.get("SIMTALLY_STORE_USER"));
    setUnlessBlank("password", environment.get("SIMTALLY_STORE_PASSWORD"));
    var parts = location.split("\\?", 2);
    this.name = parts[0];
    this.url = parts.length == 1 ? name : withoutCredentials(parts[1]);
    if (url.indexOf('@') >= 0) {
      throw new IllegalArgumentException(
          "store: a PostgreSQL URL names user and password as ?user=...&password=...,"
              + " not before an @");
    }
    if (name.indexOf('=') >= 0
        || SECRET_IN_VALUE.matcher(url + properties.getProperty(USER)).find()) {
      throw new IllegalArgumentException(
          "store: the parameters of a PostgreSQL URL begin with ? and are separated by &");
    }
    if (!new Driver().acceptsURL(url)) {
      throw new IllegalArgumentException(
          "store is not a URL of PostgreSQL; write jdbc:postgresql://host:port/database");
    }
  }

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException if it is not a URL of PostgreSQL, or may show a password; the
   *     message holds no part of it
   */
  static PostgresUrl of(String location, Map<String, String> environment) {
    return new PostgresUrl(location, environment);
  }

  private String withoutCredentials(String parameters) {
    var kept = new ArrayList<String>();
    for (var parameter : parameters.split("&", -1)) {
      var key = parameter.replaceFirst("=.*", "");
      if (key.equals(USER) || SECRET.matcher(key).find()) {
        setUnlessBlank(
            key, decoded(parameter.substring(Math.min(parameter.length(), key.length() + 1))));
      } else {
        kept.add(parameter);
      }
    }
    return kept.isEmpty() ? name : name + "?" + String.join("&", kept);
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // Without e, whose message may hold a piece of a password.
      throw new IllegalArgumentException(
          "store: user and password in the URL must be percent-encoded");
    }
  }

  private void setUnlessBlank(String key, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      properties.setProperty(key, value);
    }
  }

  /** Returns the URL without its parameters. */
  String name() {
    return name;
  }

  /** Returns whether the URL or the environment names a user. */
  boolean hasUser() {
    return properties.containsKey(USER);
  }

  Connection connect() throws SQLException {
    var connection = new Driver().connect(url, properties);
    if (connection == null) {
      throw new SQLException("the driver does not accept the URL");
    }
    return connection;
  }

  /** Returns a text without the secrets of this URL. */
  String redacted(String text) {
    var redacted = text;
    for (var key : properties.stringPropertyNames()) {
      if (SECRET.matcher(key).find()) {
        redacted = redacted.replace(properties.getProperty(key), "(redacted)");
      }
    }
    return redacted;
  }
}
