package io.simtally.fleet.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What answers of IoT-X tell of the questions that its page leaves open. */
final class IotxAnswers {
  private IotxAnswers() {}

  static Optional<String> content(Exchange exchange) {
    var content = exchange.answer().flatMap(answer -> answer.get("content"));
    if (content.isEmpty()) {
      return Optional.of("there is no content");
    }
    var inner = contents(exchange).anyMatch(item -> item.has("content"));
    return switch (content.get().type()) {
      case ARRAY -> Optional.of("an array" + (inner ? " of objects with a content each" : ""));
      case OBJECT -> Optional.of("one object" + (inner ? " with another content" : ""));
      default -> Optional.empty();
    };
  }

  private static Stream<JsonValue> contents(Exchange exchange) {
    return exchange.answer().stream()
        .flatMap(answer -> answer.get("content").stream())
        .flatMap(
            content ->
                content.is(JsonValue.Type.ARRAY) ? content.items().stream() : Stream.of(content));
  }

  static Optional<String> fields(Exchange exchange) {
    return Exchange.either(
        countObjects(exchange).map(JsonValue::form).filter(form -> !form.equals("array")),
        form -> form.equals("object") ? "objects" : form.equals("JSON in a text") ? "texts" : form);
  }

  /** The objects or texts that hold counts by time, address or subscriber. */
  private static Stream<JsonValue> countObjects(Exchange exchange) {
    var byProtocol = exchange.page().operation().endsWith("network-protocol");
    return contents(exchange)
        .flatMap(content -> content.members().stream())
        .filter(
            member ->
                byProtocol
                    || List.of(
                            "dataUsageByIp",
                            "mobileOriginated",
                            "mobileTerminated",
                            "subscriberDataUsage")
                        .contains(member.name()))
        .map(JsonValue.Member::value);
  }

  static Optional<String> counts(Exchange exchange) {
    var objects =
        exchange.page().operation().contains("session-count")
            ? contents(exchange).flatMap(IotxAnswers::innermost)
            : countObjects(exchange);
    return Exchange.either(
        objects.flatMap(object -> leaves(object.unquoted())).map(JsonValue::form),
        form -> form.equals("number") ? "numbers" : form.contains("in a text") ? "texts" : form);
  }

  private static Stream<JsonValue> innermost(JsonValue content) {
    return content.get("content").map(Stream::of).orElseGet(() -> Stream.of(content));
  }

  /** The counts, which is all but the texts that are times. */
  private static Stream<JsonValue> leaves(JsonValue value) {
    return value.members().isEmpty()
        ? Stream.of(value)
            .filter(leaf -> leaf.form().startsWith("number") || leaf.form().startsWith("digits"))
        : value.items().stream().flatMap(IotxAnswers::leaves);
  }

  static Optional<String> total(Exchange exchange) {
    return Exchange.either(
        contents(exchange)
            .flatMap(content -> content.members().stream())
            .map(JsonValue.Member::name)
            .filter(name -> name.equals("totalDataUsage") || name.equals("totalData")),
        name -> name);
  }

  static Optional<String> subscriberEntries(Exchange exchange) {
    var most =
        contents(exchange)
            .flatMap(content -> content.get("subscriberDataUsage").stream())
            .flatMap(subscribers -> subscribers.unquoted().items().stream())
            .mapToInt(entries -> entries.unquoted().members().size())
            .max();
    return most.isEmpty()
        ? Optional.empty()
        : Optional.of(most.getAsInt() > 1 ? "some have several" : "one");
  }

  static Optional<String> lastSeen(Exchange exchange) {
    var texts =
        countObjects(exchange)
            .flatMap(addresses -> addresses.unquoted().items().stream())
            .flatMap(address -> address.text("lastSeen").stream())
            .toList();
    if (texts.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(texts.stream().allMatch(JsonValue::isTime) ? "yes" : "not always");
  }
}
