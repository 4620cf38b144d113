package io.simtally.fleet.thingspace;

import static io.simtally.fleet.contract.RecordedExchange.joined;

import io.simtally.fleet.contract.JsonValue;
import io.simtally.fleet.contract.RecordedExchange;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What answers of ThingSpace M2M say about the questions that its page leaves open. */
final class M2mAnswers {
  private static final String ALIKE = "yes, within a tenth";
  private static final double LEAST_ALIKE = 0.9;

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

  /** Compares the sources of each day that several sources counted. */
  static Optional<String> figures(RecordedExchange exchange) {
    var days = new HashMap<String, Map<String, Long>>();
    rows(exchange)
        .forEach(
            row ->
                days.computeIfAbsent(row.text("timestamp").orElse(""), day -> new HashMap<>())
                    .merge(row.text("source").orElse(""), bytes(row), Long::sum));
    return joined(
        days.values().stream()
            .filter(sources -> sources.size() > 1)
            .map(sources -> isAlike(sources.values()) ? ALIKE : "no"));
  }

  private static long bytes(JsonValue row) {
    return row.text("bytesUsed")
        .filter(text -> text.matches("\\d{1,18}"))
        .map(Long::valueOf)
        .orElse(0L);
  }

  private static boolean isAlike(Collection<Long> figures) {
    return Collections.min(figures) >= LEAST_ALIKE * Collections.max(figures);
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
