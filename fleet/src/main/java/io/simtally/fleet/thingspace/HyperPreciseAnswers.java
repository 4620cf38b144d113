package io.simtally.fleet.thingspace;

import static io.simtally.fleet.contract.RecordedExchange.joined;

import io.simtally.fleet.contract.JsonValue;
import io.simtally.fleet.contract.RecordedExchange;
import java.util.Collection;
import java.util.Optional;

/** What answers of ThingSpace Hyper-Precise say about the questions that its page leaves open. */
final class HyperPreciseAnswers {
  /** The header of the bearer token. */
  static final String BEARER = "Authorization";

  /** The header of the session token. */
  static final String SESSION = "VZ-M2M-Token";

  private HyperPreciseAnswers() {}

  static Optional<String> tokens(RecordedExchange exchange, Collection<RecordedExchange> before) {
    var sent =
        switch (exchange.omittedHeader()) {
          case BEARER -> "the session token alone is";
          case SESSION -> "the bearer token alone is";
          default -> "both tokens together are";
        };
    if (exchange.isSuccess()) {
      return Optional.of(sent + " enough");
    }
    var isRefused = exchange.status() == 401 || exchange.status() == 403;
    return isRefused && !exchange.omittedHeader().isEmpty()
        ? Optional.of(sent + " not enough (" + exchange.status() + ")")
        : Optional.empty();
  }

  static Optional<String> dates(RecordedExchange exchange) {
    return joined(
        exchange
            .all("sessions", "*")
            .flatMap(row -> row.members().stream())
            .filter(member -> member.name().matches("(start|end)Time"))
            .map(member -> member.value().form().replaceFirst("^time as ", "as ")));
  }

  static Optional<String> id(RecordedExchange exchange) {
    var imei = exchange.asked().flatMap(body -> body.text("imei"));
    return exchange
        .answer()
        .flatMap(answer -> answer.text("id"))
        .map(
            id ->
                imei.filter(id::equals).isPresent()
                    ? "the IMEI"
                    : id.matches("\\d{10}") ? "a number of ten digits" : "something else");
  }

  static Optional<String> noSessions(RecordedExchange exchange) {
    var sessions = exchange.all("sessions").map(JsonValue::members).findFirst();
    if (sessions.isEmpty()) {
      return Optional.of("yes");
    }
    return sessions.filter(rows -> rows.isEmpty()).map(rows -> "no, it is empty");
  }
}
