package io.simtally.fleet.check;

import java.util.Optional;
import java.util.stream.Stream;

/** What answers of Alef tell of the questions that its page leaves open. */
final class AlefAnswers {
  private AlefAnswers() {}

  static Optional<String> numbers(Exchange exchange) {
    return Exchange.either(
        exchange.answer().stream()
            .flatMap(
                answer -> Stream.concat(answer.get("msisdn").stream(), answer.get("imsi").stream()))
            .map(JsonValue::form),
        form -> form.equals("number") ? "numbers" : form.contains("text") ? "texts" : form);
  }

  static Optional<String> fractions(Exchange exchange) {
    var forms =
        points(exchange)
            .filter(point -> "COUNT".equals(point.text("aggregation_type").orElse("")))
            .flatMap(point -> point.get("value").stream())
            .map(JsonValue::form)
            .toList();
    if (forms.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        forms.stream().allMatch(form -> form.equals("number") || form.startsWith("digits"))
            ? "in this answer they are"
            : "not always");
  }

  private static Stream<JsonValue> points(Exchange exchange) {
    return exchange.rows("result").flatMap(series -> series.items().stream());
  }

  static Optional<String> buckets(Exchange exchange) {
    var range = TimeRange.of(exchange);
    // A stamp at both ends of what was asked for tells nothing, nor does one at neither.
    if (range.isEmpty() || range.get().hasStart() == range.get().hasEnd()) {
      return Optional.empty();
    }
    return Optional.of(range.get().hasEnd() ? "when it ends" : "when it starts");
  }
}
