package io.simtally.core.auth;

import java.nio.charset.StandardCharsets;

/**
 * Finds a credential in a server's text however its characters are spelled there: plain, escaped
 * for JSON (also JSON inside of JSON), percent-encoded or as HTML entities, in any mixture.
 */
final class Echo {
  private static final int NONE = -1;

  private static final int LONGEST_ENTITY = "&#x10FFFF;".length();
  private static final int LONGEST_ESCAPE = "\\ud83d\\ude00".length();

  private Echo() {}

  /** Puts {@code substitute} in the place of every spelling of {@code wanted}. */
  static String replace(String text, String wanted, String substitute) {
    var replaced = new StringBuilder();
    var copied = 0;
    for (int i = 0; i < text.length(); i++) {
      var end = end(text, i, wanted, Integer.MAX_VALUE);
      if (end != NONE) {
        replaced.append(text, copied, i).append(substitute);
        copied = end;
        i = end - 1;
      }
    }
    return copied == 0 ? text : replaced.append(text, copied, text.length()).toString();
  }

  /**
   * Puts {@code substitute} in the place of the beginning of {@code wanted} that {@code text} ends
   * in, if that is at least {@code shortest} characters long.
   */
  static String replaceCut(String text, String wanted, int shortest, String substitute) {
    for (int i = 0; i < text.length(); i++) {
      if (end(text, i, wanted, shortest) == text.length()) {
        return text.substring(0, i) + substitute;
      }
    }
    return text;
  }

  /**
   * Where the {@code wanted} that begins at {@code start} ends, or {@link #NONE}. If the text ends
   * first, {@code enough} characters of it will do.
   */
  private static int end(String text, int start, String wanted, int enough) {
    var at = start;
    int c;
    for (int i = 0; i < wanted.length(); i += Character.charCount(c)) {
      c = wanted.codePointAt(i);
      if (at == text.length() && i >= enough) {
        return at;
      }
      // A run of backslashes has been taken as a whole.
      if (c == '\\' && i > 0 && wanted.charAt(i - 1) == '\\') {
        continue;
      }
      var next = afterCharacter(text, at, c);
      if (next == NONE) {
        return i >= enough && isCutEscape(text, at) ? text.length() : NONE;
      }
      at = next;
    }
    return at;
  }

  /**
   * Whether the text ends in what may be the beginning of an escaped character, or of one of
   * several bytes. Its first character may have been taken for itself.
   */
  private static boolean isCutEscape(String text, int at) {
    return text.length() - at <= LONGEST_ESCAPE
        && text.substring(at - 1).chars().anyMatch(c -> "%&\\\uFFFD".indexOf(c) >= 0);
  }

  private static int afterCharacter(String text, int at, int c) {
    if (at >= text.length()) {
      return NONE;
    }
    return switch (text.charAt(at)) {
      case '%' -> either(afterPercent(text, at, c), text, at, c);
      case '&' -> either(afterEntity(text, at, c), text, at, c);
      case '\\' -> afterEscape(text, at, c);
      case '+' -> c == ' ' ? at + 1 : afterPlain(text, at, c);
      default -> afterPlain(text, at, c);
    };
  }

  private static int either(int end, String text, int at, int c) {
    return end == NONE ? afterPlain(text, at, c) : end;
  }

  private static int afterPlain(String text, int at, int c) {
    return at < text.length() && text.codePointAt(at) == c ? at + Character.charCount(c) : NONE;
  }

  private static int afterPercent(String text, int at, int c) {
    var end = at;
    for (var b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
      if (end >= text.length() || text.charAt(end) != '%' || hex(text, end + 1, 2) != (b & 0xFF)) {
        return NONE;
      }
      end += 3;
    }
    return end;
  }

  private static int afterEntity(String text, int at, int c) {
    var semicolon = text.substring(at, Math.min(text.length(), at + LONGEST_ENTITY)).indexOf(';');
    if (semicolon < 0) {
      return NONE;
    }
    var name = text.substring(at + 1, at + semicolon);
    return entity(name) == c ? at + semicolon + 1 : NONE;
  }

  private static int entity(String name) {
    return switch (name) {
      case "amp" -> '&';
      case "lt" -> '<';
      case "gt" -> '>';
      case "quot" -> '"';
      case "apos" -> '\'';
      default -> {
        if (name.startsWith("#x") || name.startsWith("#X")) {
          yield hex(name, 2, name.length() - 2);
        }
        yield name.matches("#[0-9]{1,7}") ? Integer.parseInt(name.substring(1)) : NONE;
      }
    };
  }

  /** The character behind as many backslashes as there are; they may stand for one themselves. */
  private static int afterEscape(String text, int at, int c) {
    var unicode = afterUnicode(text, at, c);
    if (unicode != NONE) {
      return unicode;
    }
    var behind = afterBackslashes(text, at);
    return c == '\\' ? behind : afterPlain(text, behind, c);
  }

  private static int afterUnicode(String text, int at, int c) {
    var end = at;
    for (var unit : Character.toChars(c)) {
      var u = afterBackslashes(text, end);
      if (u == end || !text.startsWith("u", u) || hex(text, u + 1, 4) != unit) {
        return NONE;
      }
      end = u + 5;
    }
    return end;
  }

  private static int afterBackslashes(String text, int at) {
    var end = at;
    while (end < text.length() && text.charAt(end) == '\\') {
      end++;
    }
    return end;
  }

  private static int hex(String text, int start, int digits) {
    if (digits < 1 || digits > 6 || start + digits > text.length()) {
      return NONE;
    }
    var value = 0;
    for (int i = start; i < start + digits; i++) {
      var digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return NONE;
      }
      value = value * 16 + digit;
    }
    return value;
  }
}
