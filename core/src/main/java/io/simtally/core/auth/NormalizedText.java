package io.simtally.core.auth;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text with its escapes decoded: JSON escapes (nested ones too), percent escapes and HTML
 * entities. A plus becomes a space, and backslashes are removed. A search for the normalized
 * credential then finds it in any spelling. Built in one pass: each character is added once, and an
 * escape is replaced when its last character is added.
 */
final class NormalizedText {
  private static final int LONGEST_ENTITY = "&#x10FFFF;".length();

  /**
   * The bytes of the text in UTF-8, each surrogate encoded by itself, with their positions in the
   * text.
   */
  private byte[] bytes;

  private int[] starts;
  private int[] ends;
  private boolean[] escaped;
  private int size;

  private NormalizedText(int capacity) {
    bytes = new byte[capacity];
    starts = new int[capacity];
    ends = new int[capacity];
    escaped = new boolean[capacity];
  }

  static NormalizedText of(String text) {
    var spelling = new NormalizedText(text.length() + 16);
    var escapedFrom = -1;
    for (int i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == '\\') {
        escapedFrom = escapedFrom < 0 ? i : escapedFrom;
        continue;
      }
      spelling.add(c, escapedFrom < 0 ? i : escapedFrom, i + 1, escapedFrom >= 0);
      escapedFrom = -1;
    }
    return spelling;
  }

  /** Returns one character for each byte, for {@link String#indexOf}. */
  String plain() {
    return new String(bytes, 0, size, StandardCharsets.ISO_8859_1);
  }

  /** Returns the start of the byte at {@code index} in the text. */
  int start(int index) {
    return starts[index];
  }

  /** Returns the end of the byte at {@code index} in the text. */
  int end(int index) {
    return ends[index];
  }

  private void add(char c, int start, int end, boolean isEscaped) {
    if (c < 0x80) {
      addByte(c, start, end, isEscaped);
    } else if (c < 0x800) {
      addByte(0xC0 | (c >> 6), start, end, isEscaped);
      addByte(0x80 | (c & 0x3F), start, end, false);
    } else {
      addByte(0xE0 | (c >> 12), start, end, isEscaped);
      addByte(0x80 | ((c >> 6) & 0x3F), start, end, false);
      addByte(0x80 | (c & 0x3F), start, end, false);
    }
  }

  private void addByte(int b, int start, int end, boolean isEscaped) {
    if (b == '\\') {
      return; // in any spelling
    }
    if (size == bytes.length) {
      grow();
    }
    bytes[size] = (byte) (b == '+' ? ' ' : b);
    starts[size] = start;
    ends[size] = end;
    escaped[size] = isEscaped;
    size++;
    completePercent();
    completeUnicode();
    completeEntity();
    completeSurrogates();
  }

  private void grow() {
    var capacity = 2 * bytes.length;
    bytes = Arrays.copyOf(bytes, capacity);
    starts = Arrays.copyOf(starts, capacity);
    ends = Arrays.copyOf(ends, capacity);
    escaped = Arrays.copyOf(escaped, capacity);
  }

  /** {@code %2F} */
  private void completePercent() {
    var from = size - 3;
    if (from >= 0 && bytes[from] == '%') {
      var value = hex(from + 1, size);
      if (value >= 0) {
        var end = ends[size - 1];
        size = from;
        addByte(value, starts[from], end, false);
      }
    }
  }

  /** One or more backslashes before <code>u002F</code>. */
  private void completeUnicode() {
    var from = size - 5;
    if (from >= 0 && bytes[from] == 'u' && escaped[from]) {
      var value = hex(from + 1, size);
      if (value >= 0) {
        replace(from, (char) value);
      }
    }
  }

  /** An HTML entity, by name or by number. */
  private void completeEntity() {
    if (bytes[size - 1] != ';') {
      return;
    }
    for (int from = size - 2; from >= 0 && size - from <= LONGEST_ENTITY; from--) {
      if (bytes[from] == '&') {
        var c = entity(from + 1, size - 1);
        if (Character.isValidCodePoint(c)) {
          replace(from, Character.toChars(c));
        }
        return;
      }
    }
  }

  /** Replaces four percent-decoded bytes beyond the basic plane by two surrogates. */
  private void completeSurrogates() {
    var from = size - 4;
    if (from < 0 || (bytes[from] & 0xF8) != 0xF0) {
      return;
    }
    var c = bytes[from] & 7;
    for (int i = from + 1; i < size; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        return;
      }
      c = (c << 6) | (bytes[i] & 0x3F);
    }
    if (Character.isSupplementaryCodePoint(c)) {
      replace(from, Character.toChars(c));
    }
  }

  private void replace(int from, char... characters) {
    var start = starts[from];
    var end = ends[size - 1];
    size = from;
    for (var c : characters) {
      add(c, start, end, false);
    }
  }

  private int entity(int from, int to) {
    var name = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    return switch (name) {
      case "amp" -> '&';
      case "lt" -> '<';
      case "gt" -> '>';
      case "quot" -> '"';
      case "apos" -> '\'';
      default -> {
        if (name.startsWith("#x") || name.startsWith("#X")) {
          yield hex(from + 2, to);
        }
        yield name.matches("#[0-9]{1,7}") ? Integer.parseInt(name.substring(1)) : -1;
      }
    };
  }

  private int hex(int from, int to) {
    if (from == to || to - from > 6) {
      return -1;
    }
    var value = 0;
    for (int i = from; i < to; i++) {
      var digit = bytes[i] < 0 ? -1 : Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = (value << 4) | digit;
    }
    return value;
  }
}
