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
 * Reads the values of all providers' answers. Lenient about the form: a number may be a string.
 * Strict about the content: a value that cannot be read exactly is a {@link JsonDataException} with
 * its path.
 */
public final class Json {
  /** Longer numbers have no meaning here and are slow to convert. */
  private static final int LONGEST_NUMBER = 64;

  private static final int LONGEST_QUOTE = 100;

  /** The value of a count that has not been read: counts are not negative. */
  public static final long NO_COUNT = -1;

  private Json() {}

  /**
   * Reads a count of bytes, messages or sessions: an integer that is not negative.
   *
   * @param reader the reader, positioned at the value
   * @param what the expected value in the message: {@code a count of bytes}
   * @return the count, from 0 to {@link Long#MAX_VALUE}
   * @throws JsonDataException if it is anything else
   * @throws IOException if the JSON is invalid or incomplete
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
   * Parses a whole number.
   *
   * @param text for example {@code 1000} or {@code 1e3}
   * @return the number, or null if the text is no whole number or exceeds a {@code long}
   */
  public static @Nullable Long integer(String text) {
    try {
      if (isAscii(text)) {
        return Long.valueOf(text);
      }
    } catch (NumberFormatException unusual) {
      // BigDecimal reads a whole decimal like 1e3, at several times the cost.
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
   * @param reader the reader, positioned at the value
   * @param what the expected value in the message: {@code a number}
   * @return the number with its written scale
   * @throws JsonDataException if it is anything else, or longer than 64 characters
   * @throws IOException if the JSON is invalid or incomplete
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
   * Parses a decimal number, exactly as written.
   *
   * @param text for example {@code 0.50} or {@code 1e3}
   * @return the number with its written scale, or null if the text is no number or longer than 64
   *     characters
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

  /** The JDK accepts the digits of every script; providers write 0-9 only. */
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
   * @param reader the reader, positioned at the value
   * @param what the expected value in the message: {@code a time}
   * @return the time with its written offset
   * @throws JsonDataException if it is anything else
   * @throws IOException if the JSON is invalid or incomplete
   */
  public static OffsetDateTime time(JsonReader reader, String what) throws IOException {
    if (reader.peek() != Token.STRING) {
      throw unexpected(reader, what, reader.peek());
    }
    return time(reader, what, reader.nextString());
  }

  /**
   * Parses a date and time with an offset, such as the name of a member.
   *
   * @param reader the reader behind the text, for the path in the message
   * @param what the expected value in the message: {@code a time}
   * @param text the text
   * @return the time with its written offset
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
   * Reads a text. A number or boolean returns its text, null returns null.
   *
   * @param reader the reader, positioned at the value
   * @return the text, or null for a JSON null
   * @throws JsonDataException if it is an array or an object
   * @throws IOException if the JSON is invalid or incomplete
   */
  public static @Nullable String text(JsonReader reader) throws IOException {
    return switch (reader.peek()) {
      case NULL -> reader.nextNull();
      case BOOLEAN -> String.valueOf(reader.nextBoolean());
      default -> reader.nextString();
    };
  }

  /**
   * Reads a text that is often one of {@code words}.
   *
   * @param reader the reader, positioned at the value
   * @param words the frequent texts
   * @return the text, or null for a JSON null
   * @throws JsonDataException if it is an array or an object
   * @throws IOException if the JSON is invalid or incomplete
   */
  public static @Nullable String text(JsonReader reader, InternedStrings words) throws IOException {
    var word = words.read(reader);
    return word == null ? text(reader) : word;
  }

  /**
   * Reads a boolean, also as the string {@code "true"} or {@code "false"}.
   *
   * @param reader the reader, positioned at the value
   * @param what the expected value in the message: {@code a boolean}
   * @return the boolean
   * @throws JsonDataException if it is anything else
   * @throws IOException if the JSON is invalid or incomplete
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
   * Reads an array. Null returns an empty list.
   *
   * @param <T> the type of the elements
   * @param reader the reader, positioned at the value
   * @param element reads one element
   * @return the elements, unmodifiable
   * @throws JsonDataException if it is neither, or {@code element} refuses an element
   * @throws IOException if the JSON is invalid or incomplete
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
   * @param reader the reader, positioned at the value
   * @return whether it was
   * @throws IOException if the JSON is invalid or incomplete
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
   * @param reader the reader, positioned at the name of the member
   * @throws IOException if the JSON is invalid or incomplete
   */
  public static void skipMember(JsonReader reader) throws IOException {
    reader.skipName();
    reader.skipValue();
  }

  /**
   * Merges two values of the same member. Different values are an error, because one of them would
   * be lost.
   *
   * @param <T> the type of the member
   * @param reader the reader behind the member, for the path in the message
   * @param earlier the earlier value, or null
   * @param value the new value, or null
   * @return the value of both, or null if both are null
   * @throws JsonDataException if the values differ
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
   * Merges two counts of the same member.
   *
   * @param reader the reader behind the member, for the path in the message
   * @param earlier the earlier count, or {@link #NO_COUNT}
   * @param count the new count
   * @return {@code count}
   * @throws JsonDataException if the values differ
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
   * Returns the value of a required member.
   *
   * @param <T> the type of the member
   * @param reader the reader at the end of the object, for the path in the message
   * @param name the name of the member in the message
   * @param value the value, or null if the member is missing
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
   * Returns the count of a required member.
   *
   * @param reader the reader at the end of the object, for the path in the message
   * @param name the name of the member in the message
   * @param count the count, or {@link #NO_COUNT} if the member is missing
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
    // The path ends in the member that was read last.
    var path = reader.getPath();
    var object = path.substring(0, Math.max(path.lastIndexOf('.'), 1));
    return new JsonDataException("Required value '" + name + "' missing at " + object);
  }

  /**
   * Returns the exception of an unexpected value.
   *
   * @param reader the reader at or behind the value, for the path in the message
   * @param what the expected value in the message: {@code a time}
   * @param found the actual value; the message quotes at most 100 characters
   * @return a new exception
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
