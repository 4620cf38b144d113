package io.simtally.simulator.internal;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/** Times in the exact form that a page documents. */
public final class IsoTime {
  /** Whole seconds with an offset in digits: {@code 2022-07-07T09:50:00+05:30}. */
  public static final Pattern WHOLE_SECOND =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}[+-]\\d{2}:\\d{2}");

  private IsoTime() {}

  /** Returns the time, empty if the text has another form or no such time exists. */
  public static Optional<OffsetDateTime> parse(String text, Pattern form) {
    if (!form.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text));
    } catch (DateTimeException e) {
      // A date such as 2022-02-30.
      return Optional.empty();
    }
  }
}
