package io.simtally.fleet.check;

import java.time.Duration;
import java.util.Optional;

/** What answers of Mason tell of the questions that its page leaves open. */
final class MasonAnswers {
  private MasonAnswers() {}

  static Optional<String> date(Exchange exchange) {
    return Exchange.either(
        exchange
            .rows("data")
            .flatMap(row -> row.members().stream())
            .map(JsonValue.Member::name)
            .filter(name -> name.equals("date") || name.equals("day")),
        name -> name);
  }

  static Optional<String> seriesPages(Exchange exchange) {
    var named = nextPage(exchange.answer().orElseThrow());
    return Optional.of(named.isPresent() ? "yes" : "this one does not");
  }

  static Optional<String> cursor(Exchange exchange) {
    var answer = exchange.answer().orElseThrow();
    var name = answer.has("nextPage") ? "" : ", and its name is next";
    return nextPage(answer)
        .map(JsonValue::text)
        .filter(text -> !text.isEmpty())
        .map(text -> (text.contains("/") ? "an address" : "a cursor") + name);
  }

  private static Optional<JsonValue> nextPage(JsonValue answer) {
    return answer
        .get("nextPage")
        .or(() -> answer.get("next"))
        .filter(next -> !next.is(JsonValue.Type.NULL));
  }

  static Optional<String> end(Exchange exchange) {
    var range = TimeRange.of(exchange);
    if (range.isEmpty()) {
      return Optional.empty();
    }
    if (range.get().hasEnd()) {
      return Optional.of("yes, though the page calls it exclusive");
    }
    var dayBefore = range.get().end().minus(Duration.ofDays(1));
    return range.get().times().contains(dayBefore) ? Optional.of("no") : Optional.empty();
  }
}
