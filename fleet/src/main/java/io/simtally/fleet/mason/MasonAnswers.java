package io.simtally.fleet.mason;

import static io.simtally.fleet.contract.RecordedExchange.joined;

import io.simtally.fleet.contract.JsonValue;
import io.simtally.fleet.contract.RecordedExchange;
import io.simtally.fleet.contract.RequestedRange;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What answers of Mason say about the questions that its page leaves open. */
final class MasonAnswers {
  private MasonAnswers() {}

  static Optional<String> date(RecordedExchange exchange) {
    return joined(
        exchange
            .all("data", "*")
            .flatMap(row -> row.members().stream())
            .map(JsonValue.Member::name)
            .filter(Set.of("date", "day")::contains));
  }

  static Optional<String> seriesPages(RecordedExchange exchange) {
    return Optional.of(nextPage(exchange).isPresent() ? "yes" : "this one does not");
  }

  static Optional<String> cursor(RecordedExchange exchange) {
    var name = exchange.all("nextPage").findAny().isPresent() ? "" : ", and its name is next";
    return nextPage(exchange)
        .map(JsonValue::text)
        .filter(text -> !text.isEmpty())
        .map(text -> (text.contains("/") ? "an address" : "a cursor") + name);
  }

  private static Optional<JsonValue> nextPage(RecordedExchange exchange) {
    return Stream.concat(exchange.all("nextPage"), exchange.all("next"))
        .findFirst()
        .filter(next -> !next.is(JsonValue.Type.NULL));
  }

  static Optional<String> end(RecordedExchange exchange) {
    return RequestedRange.of(exchange)
        .filter(
            range ->
                range.hasEnd() || range.times().contains(range.end().minus(Duration.ofDays(1))))
        .map(range -> range.hasEnd() ? "yes, though the page calls it exclusive" : "no");
  }
}
