package io.simtally.fleet.store.sql;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Explanations of the failures that the operator of a store can repair. The driver translates its
 * messages, so states, causes and words that stay the same in every language decide.
 */
final class PostgresErrors {
  private static final String SETTINGS =
      "(in the URL, or SIMTALLY_STORE_USER and SIMTALLY_STORE_PASSWORD)";

  private PostgresErrors() {}

  /**
   * Returns the rest of a sentence that begins with the name of the store.
   *
   * @param words the driver's message, without a credential
   */
  static @Nullable String explain(SQLException failure, String words, boolean hasUser) {
    var state = String.valueOf(failure.getSQLState());
    if (has(failure, SSLException.class)) {
      return "cannot be opened: SSL fails: "
          + firstLine(words)
          + "; check sslmode and sslrootcert in the URL";
    }
    return switch (state) {
      case "08001" -> unreachable(failure, words);
      case "08004" -> refused(words, hasUser);
      case "28P01" -> hasUser ? "refuses the user or the password " + SETTINGS : noUser();
      case "28000" -> notAdmitted(words, hasUser);
      case "3D000" -> "does not exist on this server";
      case "25006" -> "cannot be written: the server or the session is read-only";
      case "42501" -> "denies this user a right: " + firstLine(words);
      case "53100" -> "cannot be written: the server's disk is full";
      case "53300" -> "cannot be opened: the server has no connection left";
      case "57P01", "57P02", "57P03", "08000", "08003", "08006", "08007" ->
          "does not answer any more: the connection to the server is lost";
      default -> null;
    };
  }

  private static String unreachable(SQLException failure, String words) {
    if (has(failure, UnknownHostException.class)) {
      return "cannot be reached: its host is unknown; check the host name in the URL";
    }
    if (has(failure, ConnectException.class)) {
      return "cannot be reached: the host refuses the connection;"
          + " check the port in the URL, and that the server is running";
    }
    if (has(failure, SocketTimeoutException.class)) {
      return "cannot be reached: the host does not answer in time;"
          + " check the address in the URL, and the firewall";
    }
    if (words.contains("sslmode")) {
      return "cannot be opened: its URL has an unknown sslmode;"
          + " use disable, allow, prefer, require, verify-ca or verify-full";
    }
    return "cannot be reached: " + firstLine(words);
  }

  private static String refused(String words, boolean hasUser) {
    if (words.contains("SSL")) {
      return "cannot be opened: the server does not support SSL, which the sslmode of the URL"
          + " requires; enable SSL at the server, or set sslmode=prefer";
    }
    return hasUser ? "asks for a password, and none is set " + SETTINGS : noUser();
  }

  private static String notAdmitted(String words, boolean hasUser) {
    if (!hasUser) {
      return noUser();
    }
    return words.contains("pg_hba.conf")
        ? "does not admit this user from this host, or only with SSL;"
            + " set sslmode=require in the URL, or add a line to the server's pg_hba.conf"
        : "refuses the user or the password " + SETTINGS;
  }

  private static String noUser() {
    return "refuses the connection: no user is set;"
        + " set user in the URL, or SIMTALLY_STORE_USER";
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private static String firstLine(String words) {
    return words.lines().findFirst().orElse("");
  }
}
