package io.simtally.core.internal;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonReader.Token;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values that all providers' answers are made of. Lenient about the form (a number may
 * come as a string), strict about the content: what cannot be read exactly is a {@link
 * JsonDataException} that gives the path.
 */
public final class Json {
  /** Longer numbers mean nothing here and are slow to convert. */
  private static final int LONGEST_NUMBER = 64;

  private static final int LONGEST_QUOTE = 100;

  /** No count, where there may yet come one: they are not negative. */
  public static final long NO_COUNT = -1;

  private Json() {}

  /**
   * Reads a count of bytes, messages or sessions: an integer that is not negative.
   *
   * @param reader stands before the value
   * @param what what is expected, in words, for the message: {@code a count of bytes}
   * @return the count, from 0 to {@link Long#MAX_VALUE}
   * @throws JsonDataException if it is anything else
   * @throws IOException if it is no JSON, or ends too early
   */
  public static long count(JsonReader reader, String what) throws IOException {
    var count = integer(reader, what);
    if (count < 0) {
      throw unexpected(reader, what, count);
    }
    return count;
  }

  private static long integer(JsonReader reader, String what) throws IOException {
    if (reader.peek() == Token.NUMBER) {
      return reader.nextLong();
    }
    var text = number(reader, what);
    var number = integer(text);
    if (number == null) {
      throw unexpected(reader, what, text);
    }
    return number;
  }

  /**
   * Reads a text as a whole number.
   *
   * @param text for example {@code 1000} or {@code 1e3}
   * @return the number, or null if the text is none, or none that a {@code long} holds
   */
  public static @Nullable Long integer(String text) {
    try {
      if (isAscii(text)) {
        return Long.valueOf(text);
      }
    } catch (NumberFormatException unusual) {
      // A decimal that is whole, like 1e3: BigDecimal reads it, at several times the cost.
    }
    var number = decimal(text);
    try {
      return number == null ? null : number.longValueExact();
    } catch (ArithmeticException tooLargeOrNotWhole) {
      return null;
    }
  }

  /**
   * Reads a decimal number, exactly as written.
   *
   * @param reader stands before the value
   * @param what what is expected, in words, for the message: {@code a number}
   * @return the number, with the scale it is written with
   * @throws JsonDataException if it is anything else, or longer than 64 characters
   * @throws IOException if it is no JSON, or ends too early
   */
  public static BigDecimal decimal(JsonReader reader, String what) throws IOException {
    var text = number(reader, what);
    var number = decimal(text);
    if (number == null) {
      throw unexpected(reader, what, text);
    }
    return number;
  }

  /**
   * Reads a text as a decimal number, exactly as written.
   *
   * @param text for example {@code 0.50} or {@code 1e3}
   * @return the number with the scale it is written with, or null if the text is none, or longer
   *     than 64 characters
   */
  public static @Nullable BigDecimal decimal(String text) {
    if (text.length() > LONGEST_NUMBER || !isAscii(text)) {
      return null;
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** The JDK takes the digits of every script for a number; no provider writes others than 0-9. */
  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private static String number(JsonReader reader, String what) throws IOException {
    var token = reader.peek();
    if (token != Token.NUMBER && token != Token.STRING) {
      throw unexpected(reader, what, token);
    }
    var text = reader.nextString();
    if (text.length() > LONGEST_NUMBER) {
      throw unexpected(reader, what, text.length() + " characters");
    }
    return text;
  }

  /**
   * Reads a date and time with an offset.
   *
   * @param reader stands before the value
   * @param what what is expected, in words, for the message: {@code a time}
   * @return the time, with the offset it is written with
   * @throws JsonDataException if it is anything else
   * @throws IOException if it is no JSON, or ends too early
   */
  public static OffsetDateTime time(JsonReader reader, String what) throws IOException {
    if (reader.peek() != Token.STRING) {
      throw unexpected(reader, what, reader.peek());
    }
    return time(reader, what, reader.nextString());
  }

  /**
   * The same of text that was read before, such as a name.
   *
   * @param reader stands behind the text; gives the path for the message
   * @param what what is expected, in words, for the message: {@code a time}
   * @param text what was read
   * @return the time, with the offset it is written with
   * @throws JsonDataException if it is anything else
   */
  public static OffsetDateTime time(JsonReader reader, String what, String text) {
    try {
      return Timestamps.parse(text);
    } catch (DateTimeException e) {
      throw unexpected(reader, what, text);
    }
  }

  /**
   * Reads a text; a number or boolean is taken as its text, null stays null.
   *
   * @param reader stands before the value
   * @return the text, or null for a JSON null
   * @throws JsonDataException if it is an array or an object
   * @throws IOException if it is no JSON, or ends too early
   */
  public static @Nullable String text(JsonReader reader) throws IOException {
    return switch (reader.peek()) {
      case NULL -> reader.nextNull();
      case BOOLEAN -> String.valueOf(reader.nextBoolean());
      default -> reader.nextString();
    };
  }

  /**
   * The same, of a text that is often one of {@code words}.
   *
   * @param reader stands before the value
   * @param words the texts that need not be made anew
   * @return the text, or null for a JSON null
   * @throws JsonDataException if it is an array or an object
   * @throws IOException if it is no JSON, or ends too early
   */
  public static @Nullable String text(JsonReader reader, InternedStrings words) throws IOException {
    var word = words.read(reader);
    return word == null ? text(reader) : word;
  }

  /**
   * Reads a boolean, also as the string {@code "true"} or {@code "false"}.
   *
   * @param reader stands before the value
   * @param what what is expected, in words, for the message: {@code a boolean}
   * @return the boolean
   * @throws JsonDataException if it is anything else
   * @throws IOException if it is no JSON, or ends too early
   */
  public static boolean flag(JsonReader reader, String what) throws IOException {
    if (reader.peek() == Token.BOOLEAN) {
      return reader.nextBoolean();
    }
    var text = String.valueOf(text(reader));
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw unexpected(reader, what, text);
    };
  }

  /**
   * Reads an array; null is an empty one.
   *
   * @param <T> the elements
   * @param reader stands before the value
   * @param element how each element is read
   * @return the elements, unmodifiable
   * @throws JsonDataException if it is neither, or {@code element} refuses an element
   * @throws IOException if it is no JSON, or ends too early
   */
  public static <T> List<T> list(JsonReader reader, Decoder<T> element) throws IOException {
    if (skipNull(reader)) {
      return List.of();
    }
    var list = new ImmutableArrayList.Builder<T>();
    reader.beginArray();
    while (reader.hasNext()) {
      list.add(element.decode(reader));
    }
    reader.endArray();
    return list.build();
  }

  /**
   * Skips the value if it is null.
   *
   * @param reader stands before the value
   * @return whether it was
   * @throws IOException if it is no JSON, or ends too early
   */
  public static boolean skipNull(JsonReader reader) throws IOException {
    if (reader.peek() != Token.NULL) {
      return false;
    }
    reader.nextNull();
    return true;
  }

  /**
   * Skips a member that the model does not know.
   *
   * @param reader stands before the name of the member
   * @throws IOException if it is no JSON, or ends too early
   */
  public static void skipMember(JsonReader reader) throws IOException {
    reader.skipName();
    reader.skipValue();
  }

  /**
   * Returns what a member says that has just been read. Of two members that contradict each other
   * one would be lost, whichever is taken.
   *
   * @param <T> what such a member holds
   * @param reader stands behind the member; gives the path for the message
   * @param earlier what a member of the same meaning has said before, or null
   * @param value what this one says; null says nothing
   * @return what the two say, or null if neither says anything
   * @throws JsonDataException if they differ
   */
  public static <T> @Nullable T once(JsonReader reader, @Nullable T earlier, @Nullable T value) {
    if (earlier == null || value == null) {
      return value == null ? earlier : value;
    }
    if (!earlier.equals(value)) {
      throw contradicting(reader);
    }
    return value;
  }

  /**
   * The same of a count, which has not been read before if it is {@link #NO_COUNT}.
   *
   * @param reader stands behind the member; gives the path for the message
   * @param earlier what a member of the same meaning has said before, or {@link #NO_COUNT}
   * @param count what this one says
   * @return {@code count}
   * @throws JsonDataException if they differ
   */
  public static long onceCount(JsonReader reader, long earlier, long count) {
    if (earlier != NO_COUNT && earlier != count) {
      throw contradicting(reader);
    }
    return count;
  }

  private static JsonDataException contradicting(JsonReader reader) {
    return unexpected(reader, "the same value as before", "another one");
  }

  /**
   * Returns {@code value}, which the object that the reader is at the end of must have.
   *
   * @param <T> what the member holds
   * @param reader stands at the end of the object; gives the path for the message
   * @param name the member's name, for the message
   * @param value what the member says, or null if it has not come
   * @return {@code value}, not null
   * @throws JsonDataException if it is null
   */
  public static <T> T required(JsonReader reader, String name, @Nullable T value) {
    if (value == null) {
      throw missing(reader, name);
    }
    return value;
  }

  /**
   * The same of a count, which is missing if it is {@link #NO_COUNT}.
   *
   * @param reader stands at the end of the object; gives the path for the message
   * @param name the member's name, for the message
   * @param count what the member says, or {@link #NO_COUNT} if it has not come
   * @return {@code count}, not negative
   * @throws JsonDataException if it is missing
   */
  public static long required(JsonReader reader, String name, long count) {
    if (count == NO_COUNT) {
      throw missing(reader, name);
    }
    return count;
  }

  private static JsonDataException missing(JsonReader reader, String name) {
    // The path still ends in the member that was read last.
    var path = reader.getPath();
    var object = path.substring(0, Math.max(path.lastIndexOf('.'), 1));
    return new JsonDataException("Required value '" + name + "' missing at " + object);
  }

  /**
   * Makes what to throw when a value is not what it should be.
   *
   * @param reader stands at the value or behind it; gives the path for the message
   * @param what what is expected, in words, for the message: {@code a time}
   * @param found what is there instead; its text is quoted, 100 characters of it at most
   * @return the exception, not thrown yet
   */
  public static JsonDataException unexpected(JsonReader reader, String what, Object found) {
    return new JsonDataException(
        "Expected " + what + " but was " + quoted(found) + " at path " + reader.getPath());
  }

  private static String quoted(Object found) {
    var text = found.toString();
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
  }
}
