package io.simtally.fleet.alef;

import static io.simtally.fleet.contract.RecordedExchange.joined;

import io.simtally.fleet.contract.JsonValue;
import io.simtally.fleet.contract.RecordedExchange;
import io.simtally.fleet.contract.RequestedRange;
import java.util.Optional;
import java.util.stream.Stream;

/** What answers of Alef say about the questions that its page leaves open. */
final class AlefAnswers {
  private AlefAnswers() {}

  static Optional<String> numbers(RecordedExchange exchange) {
    return joined(
        Stream.concat(exchange.all("msisdn"), exchange.all("imsi"))
            .map(JsonValue::form)
            .map(
                form ->
                    form.equals("number") ? "numbers" : form.contains("text") ? "texts" : form));
  }

  static Optional<String> fractions(RecordedExchange exchange) {
    return exchange
        .all("result", "*", "*")
        .filter(point -> point.text("aggregation_type").filter("COUNT"::equals).isPresent())
        .flatMap(point -> point.all("value"))
        .map(value -> value.form().equals("number") || value.form().startsWith("digits"))
        .reduce(Boolean::logicalAnd)
        .map(whole -> whole ? "in this answer they are" : "not always");
  }

  static Optional<String> buckets(RecordedExchange exchange) {
    return RequestedRange.of(exchange)
        // A time stamp at both ends of the range, or at neither, settles nothing.
        .filter(range -> range.hasStart() != range.hasEnd())
        .map(range -> range.hasEnd() ? "when it ends" : "when it starts");
  }
}
