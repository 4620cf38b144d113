package io.simtally.fleet.contract;

import io.simtally.core.internal.Timestamps;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The range of a request and the times in its answer.
 *
 * @param start the first moment of the range
 * @param end the last moment of the range
 * @param times all times in the answer's rows or buckets
 */
public record RequestedRange(Instant start, Instant end, Set<Instant> times) {

  /** Returns the range of an exchange, empty if the request has none or failed. */
  public static Optional<RequestedRange> of(RecordedExchange exchange) {
    if (!exchange.isSuccess() || exchange.answer().isEmpty()) {
      return Optional.empty();
    }
    var times = new TreeSet<Instant>();
    collect(exchange.answer().get(), times);
    return asked(exchange, "startDate", "start", "earliest", "start_date_time")
        .flatMap(
            start ->
                asked(exchange, "endDate", "end", "latest", "end_date_time")
                    .map(end -> new RequestedRange(start, end, times)));
  }

  private static Optional<Instant> asked(RecordedExchange exchange, String... names) {
    return Stream.of(names)
        .flatMap(
            name ->
                Optional.ofNullable(exchange.url().queryParameter(name))
                    .or(() -> exchange.asked().flatMap(body -> body.text(name)))
                    .stream())
        .findFirst()
        .flatMap(RequestedRange::instant);
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
      return Optional.empty(); // A day without a time equals no bucket.
    }
  }

  /** Returns whether the answer has a row of the first moment. */
  public boolean hasStart() {
    return times.contains(start);
  }

  /** Returns whether the answer has a row of the last moment. */
  public boolean hasEnd() {
    return times.contains(end);
  }

  /**
   * Returns which ends of a range are included. Two ranges that meet show it: the row of the shared
   * moment is in the earlier one, the later one or both.
   */
  static Optional<String> meeting(RecordedExchange exchange, Collection<RecordedExchange> before) {
    var later = of(exchange);
    return later.flatMap(
        range ->
            before.stream()
                .filter(other -> other.subject().equals(exchange.subject()))
                .flatMap(other -> of(other).stream())
                .filter(earlier -> earlier.end().equals(range.start()))
                .findFirst()
                .flatMap(earlier -> included(earlier.hasEnd(), range.hasStart())));
  }

  private static Optional<String> included(boolean inTheEarlier, boolean inTheLater) {
    if (inTheEarlier && inTheLater) {
      return Optional.of("both ends are: usage at the boundary of two ranges is in both");
    }
    if (inTheEarlier) {
      return Optional.of("the end is and the start is not");
    }
    return inTheLater ? Optional.of("the start is and the end is not") : Optional.empty();
  }
}
