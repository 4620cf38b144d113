package io.simtally.core;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After}: seconds, or an HTTP date; anything else is as if it were not. */
final class RetryAfter {
  private static final int MOST_DIGITS = 9;

  private RetryAfter() {}

  static @Nullable Duration parse(@Nullable String header, Instant now) {
    if (header == null || header.isEmpty()) {
      return null;
    }
    if (header.chars().allMatch(c -> c >= '0' && c <= '9')) {
      // More digits mean centuries; the longest wait that fits stands for all of them.
      var digits = header.length() <= MOST_DIGITS ? header : "9".repeat(MOST_DIGITS);
      return Duration.ofSeconds(Long.parseLong(digits));
    }
    try {
      var until = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
    } catch (DateTimeException garbage) {
      return null;
    }
  }
}
