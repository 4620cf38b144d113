package io.simtally.fleet.check;

import java.util.Optional;
import java.util.stream.Stream;

/** What answers of ThingSpace tell of the questions that its pages leave open. */
final class ThingSpaceAnswers {
  private ThingSpaceAnswers() {}

  static Optional<String> order(Exchange exchange) {
    var times =
        exchange.rows("usageHistory").flatMap(row -> row.text("timestamp").stream()).toList();
    if (times.stream().distinct().count() < 2) {
      return Optional.empty();
    }
    var sorted = times.stream().sorted().toList();
    return Optional.of(times.equals(sorted) ? "yes" : "no");
  }

  static Optional<String> status(Exchange exchange) {
    var more = exchange.answer().flatMap(answer -> answer.get("hasMoreData"));
    var flag = more.map(value -> " with hasMoreData " + isTrue(value.text()));
    return Optional.of("status " + exchange.status() + flag.orElse(" without hasMoreData"));
  }

  private static String isTrue(String flag) {
    return flag.equalsIgnoreCase("true") ? "true" : "false";
  }

  static Optional<String> sources(Exchange exchange) {
    var rows = exchange.rows("usageHistory").toList();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    var times = rows.stream().flatMap(row -> row.text("timestamp").stream()).distinct().count();
    if (times == rows.size()) {
      return Optional.of("one");
    }
    var sources =
        rows.stream()
            .map(row -> row.text("timestamp").orElse("") + " " + row.text("source").orElse(""))
            .distinct()
            .count();
    return Optional.of(
        sources == rows.size() ? "one for each source" : "several, also of the same source");
  }

  static Optional<String> sms(Exchange exchange) {
    return Exchange.either(
        exchange
            .rows("usageHistory")
            .flatMap(row -> row.get("extendedAttributes").stream())
            .flatMap(attributes -> attributes.items().stream())
            .flatMap(attribute -> attribute.text("key").stream())
            .filter(key -> key.equals("MtSms") || key.equals("MtSMS")),
        key -> key);
  }

  static Optional<String> kind(Exchange exchange) {
    var sent = exchange.subject().flatMap(device -> device.text("kind"));
    var came =
        exchange
            .answer()
            .flatMap(answer -> answer.get("deviceId"))
            .flatMap(device -> device.text("kind"));
    if (sent.isEmpty() || came.isEmpty() || !sent.get().equalsIgnoreCase(came.get())) {
      return Optional.empty();
    }
    return Optional.of(sent.equals(came) ? "yes" : "no");
  }

  static Optional<String> tokens(Exchange exchange) {
    var alone =
        switch (exchange.tokens()) {
          case SESSION_ALONE -> "the session token alone";
          case BEARER_ALONE -> "the bearer token alone";
          case ALL -> "both tokens together";
        };
    if (exchange.isSuccess()) {
      return Optional.of(
          alone + (exchange.tokens() == SentTokens.ALL ? " are enough" : " is enough"));
    }
    var refused = exchange.status() == 401 || exchange.status() == 403;
    return refused && exchange.tokens() != SentTokens.ALL
        ? Optional.of(alone + " is not enough (" + exchange.status() + ")")
        : Optional.empty();
  }

  static Optional<String> dates(Exchange exchange) {
    return Exchange.either(
        exchange
            .rows("sessions")
            .flatMap(
                row -> Stream.concat(row.get("startTime").stream(), row.get("endTime").stream()))
            .map(JsonValue::form),
        form -> form.startsWith("time as ") ? form.substring(5) : form);
  }

  static Optional<String> id(Exchange exchange) {
    return exchange
        .answer()
        .flatMap(answer -> answer.text("id"))
        .map(
            id -> {
              var asked = exchange.asked().flatMap(body -> body.text("imei"));
              if (asked.isPresent() && asked.get().equals(id)) {
                return "the IMEI";
              }
              return id.matches("\\d{10}") ? "a number of ten digits" : "something else";
            });
  }

  static Optional<String> noSessions(Exchange exchange) {
    var sessions = exchange.answer().orElseThrow().get("sessions");
    if (sessions.isEmpty()) {
      return Optional.of("yes");
    }
    return sessions.get().members().isEmpty() ? Optional.of("no, it is empty") : Optional.empty();
  }
}
