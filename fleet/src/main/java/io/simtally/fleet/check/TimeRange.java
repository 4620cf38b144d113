package io.simtally.fleet.check;

import io.simtally.core.internal.Timestamps;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a request asked for, and the times in its answer.
 *
 * @param start the first moment asked for
 * @param end the last
 * @param times all times that the answer's rows or buckets bear
 */
record TimeRange(Instant start, Instant end, Set<Instant> times) {

  /** Empty if the call has no range, or an answer without rows. */
  static Optional<TimeRange> of(Exchange exchange) {
    if (!exchange.isSuccess() || exchange.answer().isEmpty()) {
      return Optional.empty();
    }
    var start = asked(exchange, "startDate", "start", "earliest", "start_date_time");
    var end = asked(exchange, "endDate", "end", "latest", "end_date_time");
    if (start.isEmpty() || end.isEmpty()) {
      return Optional.empty();
    }
    var times = new TreeSet<Instant>();
    collect(exchange.answer().get(), times);
    return Optional.of(new TimeRange(start.get(), end.get(), times));
  }

  private static Optional<Instant> asked(Exchange exchange, String... names) {
    for (var name : names) {
      var value = exchange.url().queryParameter(name);
      var text =
          value != null ? Optional.of(value) : exchange.asked().flatMap(body -> body.text(name));
      if (text.isPresent()) {
        return instant(text.get());
      }
    }
    return Optional.empty();
  }

  private static void collect(JsonValue written, Set<Instant> times) {
    var value = written.unquoted();
    instant(value.text()).ifPresent(times::add);
    for (var member : value.members()) {
      instant(member.name()).ifPresent(times::add);
      collect(member.value(), times);
    }
  }

  private static Optional<Instant> instant(String text) {
    if (!JsonValue.isTime(text)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Timestamps.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty(); // A day without a time meets no bucket.
    }
  }

  boolean hasStart() {
    return times.contains(start);
  }

  boolean hasEnd() {
    return times.contains(end);
  }

  /**
   * Which ends of a range are included, as two ranges that meet tell: by whether the row of that
   * moment is in the one, the other or both.
   */
  static Optional<String> meeting(Exchange exchange, Collection<Exchange> before) {
    var later = of(exchange);
    if (later.isEmpty()) {
      return Optional.empty();
    }
    for (var other : before) {
      var earlier = of(other).filter(range -> range.end().equals(later.get().start()));
      if (earlier.isPresent() && exchange.isOfTheSameSubject(other)) {
        return meeting(earlier.get().hasEnd(), later.get().hasStart());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> meeting(boolean inTheEarlier, boolean inTheLater) {
    if (inTheEarlier && inTheLater) {
      return Optional.of("both ends are: what lies where two ranges meet comes in both");
    }
    if (inTheEarlier) {
      return Optional.of("the end is and the start is not");
    }
    return inTheLater ? Optional.of("the start is and the end is not") : Optional.empty();
  }
}
