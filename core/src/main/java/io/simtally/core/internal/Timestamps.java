package io.simtally.core.internal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * ISO 8601 timestamps with an offset, the format of all five providers. A timestamp without an
 * offset is rejected: a guessed zone would shift the usage to another day.
 */
public final class Timestamps {
  private static final int TIME_OF_DAY = "2016-12-31T".length();
  private static final int SECONDS_END = "2016-12-31T23:59:60".length();
  private static final String LEAP_SECOND = "23:59:60";
  private static final String SECOND_BEFORE = "23:59:59";

  private static final long YEAR_0 = -62_167_219_200L;
  private static final long YEAR_10000 = 253_402_300_800L;

  /** A cache of whole minutes; nearly all times are whole minutes. */
  private static final @Nullable LocalTime[] MINUTES = new LocalTime[24 * 60];

  private Timestamps() {}

  /**
   * Writes {@code 2020-12-01T00:00:00Z}: UTC, whole seconds, fractions cut off.
   *
   * @param instant the time
   * @return the text, which {@link #parse} reads
   */
  public static String utcSeconds(Instant instant) {
    var second = instant.getEpochSecond();
    return second >= YEAR_0 && second < YEAR_10000
        ? seconds(LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC)) + "Z"
        : DateTimeFormatter.ISO_INSTANT.format(instant.truncatedTo(ChronoUnit.SECONDS));
  }

  /**
   * Writes {@code 2016-12-06T10:30:00+00:00}: the time's own offset, whole seconds, fractions cut
   * off.
   *
   * @param time the time
   * @return the text, which {@link #parse} reads; seconds of an offset are added to the time,
   *     because the text has no place for them
   */
  public static String seconds(OffsetDateTime time) {
    var total = time.getOffset().getTotalSeconds();
    var offset = ZoneOffset.ofTotalSeconds(total - total % 60);
    return seconds(time.withOffsetSameInstant(offset).toLocalDateTime())
        + (offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.getId());
  }

  /**
   * Does not use the JDK's formatters, which add several milliseconds to a program's first call.
   */
  private static String seconds(LocalDateTime time) {
    var text = time.truncatedTo(ChronoUnit.SECONDS).toString();
    return time.getSecond() == 0 ? text + ":00" : text; // the JDK omits zero seconds
  }

  /**
   * Reads a timestamp.
   *
   * @param text for example {@code 2020-12-01T00:00:00.5+05:30}; the offset may be short
   * @return the time with its written offset; a leap second, {@code 23:59:60}, becomes the second
   *     before, as in {@link DateTimeFormatter#ISO_INSTANT}
   * @throws DateTimeException if the text is not a date and time with an offset
   */
  public static OffsetDateTime parse(String text) {
    if (text.startsWith(LEAP_SECOND, TIME_OF_DAY)) {
      return parse(text.substring(0, TIME_OF_DAY) + SECOND_BEFORE + text.substring(SECONDS_END));
    }
    var plain = parsePlain(text);
    return plain == null ? parseUnusual(text) : plain;
  }

  /**
   * Parses the formats that providers send, twenty times as fast as the JDK.
   *
   * @return the time, or null if the text has another format
   */
  static @Nullable OffsetDateTime parsePlain(String text) {
    var length = text.length();
    if (length < 20 || !isPlain(text)) {
      return null;
    }
    var end = 19;
    var nanos = 0;
    if (text.charAt(end) == '.') {
      var scale = 100_000_000;
      end++;
      for (; end < length && isDigit(text.charAt(end)) && scale > 0; end++) {
        nanos += (text.charAt(end) - '0') * scale;
        scale /= 10;
      }
    }
    var offset = plainOffset(text, end);
    if (offset == null || text.charAt(end - 1) == '.') {
      return null;
    }
    return OffsetDateTime.of(
        LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10)),
        time(number(text, 11, 13), number(text, 14, 16), number(text, 17, 19), nanos),
        offset);
  }

  private static LocalTime time(int hour, int minute, int second, int nanos) {
    if (second != 0 || nanos != 0 || hour > 23 || minute > 59) {
      return LocalTime.of(hour, minute, second, nanos);
    }
    var index = 60 * hour + minute;
    var time = MINUTES[index];
    if (time == null) {
      // Two threads may both create the same immutable value.
      time = LocalTime.of(hour, minute);
      MINUTES[index] = time;
    }
    return time;
  }

  private static OffsetDateTime parseUnusual(String text) {
    try {
      return OffsetDateTime.parse(text);
    } catch (DateTimeException notIso) {
      return OffsetDateTime.parse(text, Unusual.SHORT_OFFSET);
    }
  }

  /** Loaded on first use. */
  private static final class Unusual {
    /** The offsets {@code +0530} and {@code +05}, which some pages print. */
    static final DateTimeFormatter SHORT_OFFSET =
        new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendOffset("+HHmm", "+0000")
            .toFormatter(Locale.ROOT)
            // The default style would read the 31st of April as the 30th.
            .withResolverStyle(ResolverStyle.STRICT)
            .withChronology(IsoChronology.INSTANCE);
  }

  /** Returns whether the first 19 characters are {@code dddd-dd-ddTdd:dd:dd}. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < 19; i++) {
      var c = text.charAt(i);
      var expected =
          switch (i) {
            case 4, 7 -> c == '-';
            case 10 -> c == 'T';
            case 13, 16 -> c == ':';
            default -> isDigit(c);
          };
      if (!expected) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the offset at the end of {@code text}, or null if it is not {@code Z} or {@code
   * +hh:mm}.
   */
  private static @Nullable ZoneOffset plainOffset(String text, int start) {
    var left = text.length() - start;
    if (left == 1 && text.charAt(start) == 'Z') {
      return ZoneOffset.UTC;
    }
    if (left != 6 || text.charAt(start + 3) != ':') {
      return null;
    }
    var sign = text.charAt(start);
    if (sign != '+' && sign != '-') {
      return null;
    }
    if (!isDigit(text.charAt(start + 1))
        || !isDigit(text.charAt(start + 2))
        || !isDigit(text.charAt(start + 4))
        || !isDigit(text.charAt(start + 5))) {
      return null;
    }
    var hours = number(text, start + 1, start + 3);
    var minutes = number(text, start + 4, start + 6);
    if (hours == 0 && minutes == 0) {
      return ZoneOffset.UTC;
    }
    return sign == '-'
        ? ZoneOffset.ofHoursMinutes(-hours, -minutes)
        : ZoneOffset.ofHoursMinutes(hours, minutes);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int number(String text, int start, int end) {
    var number = 0;
    for (int i = start; i < end; i++) {
      number = number * 10 + (text.charAt(i) - '0');
    }
    return number;
  }
}
