package io.simtally.fleet.iotx;

import static io.simtally.fleet.contract.Question.Finder.ends;
import static io.simtally.fleet.contract.Question.Finder.in;
import static io.simtally.fleet.contract.RecordedExchange.joined;

import io.simtally.fleet.contract.JsonValue;
import io.simtally.fleet.contract.Question.Finder;
import io.simtally.fleet.contract.RecordedExchange;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What answers of IoT-X say about the questions that its page leaves open. */
final class IotxAnswers {
  static final Map<String, Finder> ALL =
      Map.of(
          "iotx-content", in("/analytics/", IotxAnswers::content),
          "iotx-fields", in("/analytics/", IotxAnswers::fields),
          "iotx-counts", in("/analytics/", IotxAnswers::counts),
          "iotx-total", in("/analytics/data-usage-by-subscriber", IotxAnswers::total),
          "iotx-subscriber-entries",
              in("/analytics/data-usage-by-subscriber", IotxAnswers::subscriberEntries),
          "iotx-last-seen", in("/analytics/data-usage-ip-address", IotxAnswers::lastSeen),
          "iotx-end", ends("/analytics/(?!data-usage-by-subscriber).*"));

  private static final Set<String> COUNTS =
      Set.of("dataUsageByIp", "mobileOriginated", "mobileTerminated", "subscriberDataUsage");

  private IotxAnswers() {}

  private static Optional<String> content(RecordedExchange exchange) {
    var content = exchange.all("content").findFirst();
    if (content.isEmpty()) {
      return Optional.of("there is no content");
    }
    var inner = contents(exchange).anyMatch(item -> item.get("content").isPresent());
    return switch (content.get().type()) {
      case ARRAY -> Optional.of("an array" + (inner ? " of objects with a content each" : ""));
      case OBJECT -> Optional.of("one object" + (inner ? " with another content" : ""));
      default -> Optional.empty();
    };
  }

  private static Stream<JsonValue> contents(RecordedExchange exchange) {
    return exchange
        .all("content")
        .flatMap(
            content ->
                content.is(JsonValue.Type.ARRAY) ? content.items().stream() : Stream.of(content));
  }

  private static Optional<String> fields(RecordedExchange exchange) {
    return joined(
        countObjects(exchange)
            .map(JsonValue::form)
            .filter(form -> !form.equals("array"))
            .map(
                form ->
                    form.equals("object")
                        ? "objects"
                        : form.equals("JSON in a text") ? "texts" : form));
  }

  /** Returns the objects or texts that hold counts by time, address or subscriber. */
  private static Stream<JsonValue> countObjects(RecordedExchange exchange) {
    var byProtocol = exchange.operation().endsWith("network-protocol");
    return contents(exchange)
        .flatMap(content -> content.members().stream())
        .filter(member -> byProtocol || COUNTS.contains(member.name()))
        .map(JsonValue.Member::value);
  }

  private static Optional<String> counts(RecordedExchange exchange) {
    var objects =
        exchange.operation().contains("session-count")
            ? contents(exchange).map(content -> content.get("content").orElse(content))
            : countObjects(exchange);
    return joined(
        objects
            .flatMap(object -> leaves(object.unquoted()))
            .map(JsonValue::form)
            .filter(form -> form.startsWith("number") || form.startsWith("digits"))
            .map(form -> form.equals("number") ? "numbers" : "texts"));
  }

  private static Stream<JsonValue> leaves(JsonValue value) {
    return value.members().isEmpty()
        ? Stream.of(value)
        : value.items().stream().flatMap(IotxAnswers::leaves);
  }

  private static Optional<String> total(RecordedExchange exchange) {
    return joined(
        contents(exchange)
            .flatMap(content -> content.members().stream())
            .map(JsonValue.Member::name)
            .filter(Set.of("totalDataUsage", "totalData")::contains));
  }

  private static Optional<String> subscriberEntries(RecordedExchange exchange) {
    return contents(exchange)
        .flatMap(content -> content.all("subscriberDataUsage"))
        .flatMap(subscribers -> subscribers.unquoted().items().stream())
        .map(entries -> entries.unquoted().members().size())
        .max(Integer::compare)
        .map(most -> most > 1 ? "some have several" : "one");
  }

  private static Optional<String> lastSeen(RecordedExchange exchange) {
    return countObjects(exchange)
        .flatMap(addresses -> addresses.unquoted().items().stream())
        .flatMap(address -> address.text("lastSeen").stream())
        .map(JsonValue::isTime)
        .reduce(Boolean::logicalAnd)
        .map(all -> all ? "yes" : "not always");
  }
}
