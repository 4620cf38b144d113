package io.simtally.fleet.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of TOML 1.0 that a configuration file needs: tables, arrays of tables, dotted and quoted
 * keys, texts of one line, numbers, truth values, and arrays of numbers on one line. Other arrays,
 * inline tables, dates and texts of several lines are refused, since no setting has such a value.
 * Messages name lines, and never quote a value.
 */
final class TomlFile {
  private static final Pattern BARE_KEY = Pattern.compile("[A-Za-z0-9_-]+");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(0|[1-9](_?[0-9])*)(\\.[0-9](_?[0-9])*)?([eE][+-]?[0-9](_?[0-9])*)?");

  private final List<Entry> entries = new ArrayList<>();

  /** The lines of the headers, and of the values, by their keys. */
  private final Map<List<String>, Integer> headers = new HashMap<>();

  private final Map<List<String>, Integer> values = new HashMap<>();

  /** The lines of the tables that a longer key names first, and of those that dotted keys make. */
  private final Map<List<String>, Integer> parents = new HashMap<>();

  private final Map<List<String>, Integer> dotted = new HashMap<>();

  /** The first lines and the numbers of tables of the arrays of tables, by their keys. */
  private final Map<List<String>, Integer> arrays = new HashMap<>();

  private final Map<List<String>, Integer> elements = new HashMap<>();

  private List<String> table = List.of();

  /**
   * A value or the header of a table.
   *
   * @param line its line, from 1
   * @param path its key with the keys of its tables; a table of an array has its number, such as
   *     {@code [1]}, as another key
   * @param value a String, a BigDecimal, a Boolean or a List of BigDecimal; null for a header
   */
  record Entry(int line, List<String> path, @Nullable Object value) {
    String name() {
      return String.join(".", path).replace(".[", "[");
    }

    /** Returns the line and the name; the value may be a secret. */
    @Override
    public String toString() {
      return "line " + line + ": " + name();
    }
  }

  private TomlFile() {}

  /**
   * Reads a file.
   *
   * @return headers and values in the order of the file
   * @throws IllegalArgumentException if the text is refused; the message begins with {@code line N}
   */
  static List<Entry> read(byte[] bytes) {
    var file = new TomlFile();
    var lines = text(bytes).split("\n", -1);
    for (var i = 0; i < lines.length; i++) {
      var line = lines[i].endsWith("\r") ? lines[i].substring(0, lines[i].length() - 1) : lines[i];
      try {
        file.add(i + 1, new Line(line));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("line " + (i + 1) + ": " + e.getMessage(), e);
      }
    }
    return List.copyOf(file.entries);
  }

  private static String text(byte[] bytes) {
    try {
      var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the file is not UTF-8", e);
    }
  }

  private void add(int number, Line line) {
    line.skipBlanks();
    if (line.isEnd()) {
      return;
    }
    if (line.next("[[")) {
      var array = line.key();
      line.expect("]]");
      table = addElement(number, array);
    } else if (line.next("[")) {
      table = line.key();
      line.expect("]");
      addHeader(number, table);
    } else {
      var path = new ArrayList<>(table);
      path.addAll(line.key());
      line.expect("=");
      addValue(new Entry(number, List.copyOf(path), line.value(String.join(".", path))));
    }
    line.expectEnd();
  }

  /** Adds a table to an array of tables, and returns its path. */
  private List<String> addElement(int line, List<String> array) {
    refuseSecond(array, headers);
    refuseSecond(array, values);
    refuseSecond(array, dotted);
    arrays.putIfAbsent(array, line);
    var path = new ArrayList<>(array);
    path.add("[" + elements.merge(array, 1, Integer::sum) + "]");
    addHeader(line, List.copyOf(path));
    return List.copyOf(path);
  }

  private void addHeader(int number, List<String> path) {
    refuseSecond(path, headers);
    refuseSecond(path, arrays);
    refuseSecond(path, values);
    refuseSecond(path, dotted);
    addParents(path, number);
    headers.put(path, number);
    entries.add(new Entry(number, path, null));
  }

  private void addValue(Entry entry) {
    refuseSecond(entry.path(), values);
    refuseSecond(entry.path(), headers);
    refuseSecond(entry.path(), parents);
    refuseSecond(entry.path(), arrays);
    addParents(entry.path(), entry.line());
    values.put(entry.path(), entry.line());
    entries.add(entry);
  }

  private static void refuseSecond(List<String> path, Map<List<String>, Integer> first) {
    var line = first.get(path);
    if (line != null) {
      throw new IllegalArgumentException(
          String.join(".", path) + " is already defined on line " + line);
    }
  }

  /** Refuses a table that is a value already. */
  private void addParents(List<String> path, int line) {
    for (var length = 1; length < path.size(); length++) {
      var parent = path.subList(0, length);
      refuseSecond(parent, values);
      parents.putIfAbsent(parent, line);
      if (length > table.size()) {
        dotted.putIfAbsent(parent, line);
      }
    }
  }

  /** One line, read from the left. */
  private static final class Line {
    private final String text;
    private int at;

    Line(String text) {
      this.text = text;
      for (var i = 0; i < text.length(); i++) {
        if (Character.isISOControl(text.charAt(i)) && text.charAt(i) != '\t') {
          throw new IllegalArgumentException("a control character");
        }
      }
    }

    void skipBlanks() {
      while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
        at++;
      }
    }

    /** Whether nothing but a comment follows. */
    boolean isEnd() {
      return at == text.length() || text.charAt(at) == '#';
    }

    boolean next(String token) {
      var isNext = text.startsWith(token, at);
      at += isNext ? token.length() : 0;
      return isNext;
    }

    void expect(String token) {
      skipBlanks();
      if (!next(token)) {
        throw new IllegalArgumentException(
            "expected `" + token + "`; a line is `key = value`, `[table]` or a comment");
      }
    }

    void expectEnd() {
      skipBlanks();
      if (!isEnd()) {
        throw new IllegalArgumentException("text after the end of the value or the header");
      }
    }

    List<String> key() {
      var parts = new ArrayList<String>();
      do {
        skipBlanks();
        parts.add(keyPart());
        skipBlanks();
      } while (next("."));
      return List.copyOf(parts);
    }

    private String keyPart() {
      if (text.startsWith("\"", at) || text.startsWith("'", at)) {
        return quoted();
      }
      var key = BARE_KEY.matcher(text).region(at, text.length());
      if (!key.lookingAt()) {
        throw new IllegalArgumentException(
            "expected a key of letters, digits, `_` and `-`, followed by `=` and a value");
      }
      at = key.end();
      return key.group();
    }

    Object value(String name) {
      skipBlanks();
      if (isEnd()) {
        throw new IllegalArgumentException(name + " has no value");
      }
      if (text.startsWith("\"\"\"", at) || text.startsWith("'''", at)) {
        throw new IllegalArgumentException(name + " is a text of several lines; write one line");
      }
      if (text.startsWith("\"", at) || text.startsWith("'", at)) {
        return quoted(name);
      }
      if (next("[")) {
        return numbers(name);
      }
      var word = word(" \t#");
      if (word.equals("true") || word.equals("false")) {
        return Boolean.valueOf(word);
      }
      return number(name, word);
    }

    /** Reads up to a character of some, or to the end. */
    private String word(String ends) {
      var begin = at;
      while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return text.substring(begin, at);
    }

    private static BigDecimal number(String name, String word) {
      if (NUMBER.matcher(word).matches()) {
        return new BigDecimal(word.replace("_", ""));
      }
      throw new IllegalArgumentException(
          name + " is neither a number nor a text in quotation marks");
    }

    /** Reads the numbers of an array, which may end with a comma. */
    private List<BigDecimal> numbers(String name) {
      var numbers = new ArrayList<BigDecimal>();
      skipBlanks();
      while (!next("]")) {
        numbers.add(number(name, word(" \t#,]")));
        skipBlanks();
        if (!next(",") && !text.startsWith("]", at)) {
          throw new IllegalArgumentException(name + ": the closing `]` is missing on this line");
        }
        skipBlanks();
      }
      return List.copyOf(numbers);
    }

    private String quoted(String name) {
      try {
        return quoted();
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
      }
    }

    private String quoted() {
      var mark = text.charAt(at++);
      var unquoted = new StringBuilder();
      while (at < text.length()) {
        var next = text.charAt(at++);
        if (next == mark) {
          return unquoted.toString();
        }
        if (next == '\\' && mark == '"') {
          unquoted.appendCodePoint(escaped());
        } else {
          unquoted.append(next);
        }
      }
      throw new IllegalArgumentException("the closing quotation mark is missing");
    }

    private int escaped() {
      var escape = at < text.length() ? text.charAt(at++) : ' ';
      return switch (escape) {
        case '"', '\\' -> escape;
        case 'b' -> '\b';
        case 't' -> '\t';
        case 'n' -> '\n';
        case 'f' -> '\f';
        case 'r' -> '\r';
        case 'u' -> codePoint(4);
        case 'U' -> codePoint(8);
        default ->
            throw new IllegalArgumentException(
                "an unknown escape after a backslash; write `\\\\`, or the text in single quotation"
                    + " marks");
      };
    }

    private int codePoint(int digits) {
      var end = Math.min(at + digits, text.length());
      var hex = text.substring(at, end);
      at = end;
      if (hex.length() < digits || !hex.matches("[0-9A-Fa-f]+")) {
        throw new IllegalArgumentException("an escape of fewer than " + digits + " digits");
      }
      var point = Long.parseLong(hex, 16);
      if (point > Character.MAX_CODE_POINT || (point >= 0xD800 && point <= 0xDFFF)) {
        throw new IllegalArgumentException("an escape of no Unicode character");
      }
      return (int) point;
    }
  }
}
