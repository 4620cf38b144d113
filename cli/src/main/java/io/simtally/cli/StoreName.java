package io.simtally.cli;

import java.util.regex.Pattern;

/** The name of a store in the form in which it may be printed: without any credential. */
final class StoreName {
  private static final String POSTGRESQL = "jdbc:postgresql:";
  private static final String HIDDEN = "(not shown)";

  /** A URL, or text with a parameter that holds a credential; no path of a file looks so. */
  private static final Pattern URL =
      Pattern.compile(
          "[a-z][a-z0-9+.-]*://|jdbc:|postgres(ql)?:|:[^/\\\\]*@|(pass\\w*|pwd|secret|token)\\s*=",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern PARAMETER =
      Pattern.compile("((?:pass\\w*|pwd|secret|token)\\s*=)[^\\s&'\"]+", Pattern.CASE_INSENSITIVE);

  private static final Pattern USER_INFO = Pattern.compile("(//?)[^/\\s:]*:[^\\s]*@");

  private StoreName() {}

  /** The path of a file as it is; of a PostgreSQL URL the part before its parameters. */
  static String printable(String store) {
    if (!URL.matcher(store).find()) {
      return store;
    }
    var url = store.split("\\?", 2)[0];
    // A password may hold any character, a question mark too.
    return !store.startsWith(POSTGRESQL) || store.contains("@") || url.contains("=")
        ? (store.startsWith(POSTGRESQL) ? POSTGRESQL : "") + HIDDEN
        : url;
  }

  /** A message that may quote what the user typed, without the credentials of a store in it. */
  static String redacted(String message, String... typed) {
    var redacted = message;
    for (var argument : typed) {
      var value = argument.replaceFirst("^--?[a-z-]+=", "");
      if (!value.isEmpty() && !printable(value).equals(value)) {
        redacted = redacted.replace(value, printable(value));
      }
    }
    redacted = USER_INFO.matcher(redacted).replaceAll("$1" + HIDDEN + "@");
    return PARAMETER.matcher(redacted).replaceAll("$1" + HIDDEN);
  }
}
