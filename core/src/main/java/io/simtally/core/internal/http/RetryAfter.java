package io.simtally.core.internal.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After}: seconds or an HTTP date. Other values are ignored. */
public final class RetryAfter {
  public static final String HEADER = "Retry-After";

  private static final int MOST_DIGITS = 9;

  private RetryAfter() {}

  /** Returns the longest requested delay, or null without a readable header. */
  public static @Nullable Duration of(Headers headers, Instant now) {
    Duration longest = null;
    for (var value : headers.values(HEADER)) {
      var asked = parse(value, now);
      if (asked != null && (longest == null || asked.compareTo(longest) > 0)) {
        longest = asked;
      }
    }
    return longest;
  }

  private static @Nullable Duration parse(String value, Instant now) {
    if (value.isEmpty()) {
      return null;
    }
    if (value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      // More digits mean centuries: use the longest delay that fits.
      var digits = value.length() <= MOST_DIGITS ? value : "9".repeat(MOST_DIGITS);
      return Duration.ofSeconds(Long.parseLong(digits));
    }
    for (var form : dates(now)) {
      try {
        var until = form.parse(value, Instant::from);
        return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
      } catch (DateTimeException otherForm) {
        // Try the next form.
      }
    }
    return null;
  }

  /**
   * Returns the three date formats of RFC 9110, section 5.6.7. Some servers still send the two
   * obsolete ones.
   */
  private static List<DateTimeFormatter> dates(Instant now) {
    var withShortYear =
        new DateTimeFormatterBuilder()
            .appendPattern("EEEE, dd-MMM-")
            // Two digits mean a year that is less than 50 years ahead.
            .appendValueReduced(
                ChronoField.YEAR, 2, 2, LocalDate.ofInstant(now, ZoneOffset.UTC).minusYears(50))
            .appendPattern(" HH:mm:ss 'GMT'")
            .toFormatter(Locale.US)
            .withZone(ZoneOffset.UTC);
    var ofC =
        DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.US)
            .withZone(ZoneOffset.UTC);
    return List.of(DateTimeFormatter.RFC_1123_DATE_TIME, withShortYear, ofC);
  }
}
