package io.simtally.core.auth;

import io.simtally.core.internal.Redaction;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;

/** Redacts a set of credentials in any spelling. */
final class SecretRedaction implements Redaction {
  /** Replaces a credential. */
  private static final String SIGN = "██";

  /** The characters of escapes, and of a truncated byte sequence. */
  private static final String SPELLERS = "\\%&+\uFFFD";

  private static final int LONGEST_ESCAPE = "%2525F0%25259F%252598%252580".length();

  private final List<Secret> secrets;

  private SecretRedaction(List<Secret> secrets) {
    this.secrets = secrets;
  }

  static SecretRedaction of(List<Secret> secrets) {
    var distinct = new LinkedHashSet<Secret>();
    for (var secret : secrets) {
      if (secret.isLongEnoughToTell()) {
        distinct.add(secret);
      }
    }
    return new SecretRedaction(List.copyOf(distinct));
  }

  @Override
  public String redact(String text) {
    return withSigns(text, found(text));
  }

  @Override
  public String redactTruncated(String text) {
    var found = found(text);
    var cut = beginningAtTheEnd(text);
    found.set(cut, text.length());
    return withSigns(text, found);
  }

  /** Returns the characters of {@code text} that belong to a credential. */
  private BitSet found(String text) {
    var found = new BitSet();
    for (var secret : secrets) {
      mark(found, text, secret.reveal());
    }
    if (isPlain(text)) {
      return found;
    }
    var spelling = NormalizedText.of(text);
    var plain = spelling.plain();
    for (var secret : secrets) {
      var wanted = secret.plain();
      for (int at = plain.indexOf(wanted);
          at >= 0 && !wanted.isEmpty();
          at = plain.indexOf(wanted, at + wanted.length())) {
        found.set(spelling.start(at), spelling.end(at + wanted.length() - 1));
      }
    }
    return found;
  }

  private static void mark(BitSet found, String text, String wanted) {
    for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length())) {
      found.set(at, at + wanted.length());
    }
  }

  private static boolean isPlain(String text) {
    return text.chars().noneMatch(c -> SPELLERS.indexOf(c) >= 0);
  }

  /**
   * Returns the start of the incomplete credential at the end of {@code text}, or the length of the
   * text without one. The last character may be incomplete too: an escape, or one of several bytes.
   */
  private int beginningAtTheEnd(String text) {
    var first = beginningAtTheEndOf(text, text);
    var shortest = Math.max(0, text.length() - LONGEST_ESCAPE);
    for (int end = text.length() - 1; end >= shortest && isOfAnEscape(text.charAt(end)); end--) {
      if (SPELLERS.indexOf(text.charAt(end)) >= 0) {
        first = Math.min(first, beginningAtTheEndOf(text.substring(0, end), text));
      }
    }
    return first;
  }

  private static boolean isOfAnEscape(char c) {
    return SPELLERS.indexOf(c) >= 0 || c == '#' || c == ';' || Character.isLetterOrDigit(c);
  }

  private int beginningAtTheEndOf(String part, String text) {
    var first = text.length();
    var spelling = NormalizedText.of(part);
    var plain = spelling.plain();
    for (var secret : secrets) {
      var wanted = secret.plain();
      for (int at = Math.max(0, plain.length() - wanted.length());
          at <= plain.length() - Secret.SHORTEST_REDACTED;
          at++) {
        if (wanted.startsWith(plain.substring(at))) {
          first = Math.min(first, spelling.start(at));
          break;
        }
      }
    }
    return first;
  }

  private static String withSigns(String text, BitSet found) {
    if (found.isEmpty()) {
      return text;
    }
    var visible = new StringBuilder();
    var copied = 0;
    for (int start = found.nextSetBit(0); start >= 0; start = found.nextSetBit(copied)) {
      visible.append(text, copied, start).append(SIGN);
      copied = found.nextClearBit(start);
    }
    return visible.append(text, copied, text.length()).toString();
  }
}
