package io.simtally.fleet.thingspace;

import static io.simtally.fleet.contract.RecordedExchange.joined;

import io.simtally.fleet.contract.JsonValue;
import io.simtally.fleet.contract.RecordedExchange;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What answers of ThingSpace M2M say about the questions that its page leaves open. */
final class M2mAnswers {
  private M2mAnswers() {}

  static Optional<String> order(RecordedExchange exchange) {
    var times = rows(exchange).flatMap(row -> row.text("timestamp").stream()).toList();
    if (times.stream().distinct().count() < 2) {
      return Optional.empty();
    }
    return Optional.of(times.equals(times.stream().sorted().toList()) ? "yes" : "no");
  }

  private static Stream<JsonValue> rows(RecordedExchange exchange) {
    return exchange.all("usageHistory", "*");
  }

  static Optional<String> status(RecordedExchange exchange) {
    var flag =
        exchange
            .all("hasMoreData")
            .findFirst()
            .map(more -> " with hasMoreData " + more.text().equalsIgnoreCase("true"));
    return Optional.of("status " + exchange.status() + flag.orElse(" without hasMoreData"));
  }

  static Optional<String> sources(RecordedExchange exchange) {
    var rows = rows(exchange).count();
    if (rows == 0) {
      return Optional.empty();
    }
    if (rows(exchange).flatMap(row -> row.text("timestamp").stream()).distinct().count() == rows) {
      return Optional.of("one");
    }
    var sources =
        rows(exchange)
            .map(row -> row.text("timestamp").orElse("") + " " + row.text("source").orElse(""))
            .distinct()
            .count();
    return Optional.of(
        sources == rows ? "one for each source" : "several, also of the same source");
  }

  static Optional<String> sms(RecordedExchange exchange) {
    return joined(
        exchange
            .all("usageHistory", "*", "extendedAttributes", "*")
            .flatMap(attribute -> attribute.text("key").stream())
            .filter(Set.of("MtSms", "MtSMS")::contains));
  }

  static Optional<String> kind(RecordedExchange exchange) {
    var sent = exchange.asked().flatMap(body -> body.get("deviceId")).flatMap(M2mAnswers::kindOf);
    var returned = exchange.all("deviceId").findFirst().flatMap(M2mAnswers::kindOf);
    return sent.filter(kind -> returned.filter(kind::equalsIgnoreCase).isPresent())
        .map(kind -> returned.equals(sent) ? "yes" : "no");
  }

  private static Optional<String> kindOf(JsonValue device) {
    return device.text("kind");
  }
}
