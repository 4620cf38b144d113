package io.simtally.fleet.contract;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/**
 * A question that the provider's page leaves open and an answer can settle.
 *
 * @param id short and stable, listed in {@code docs/providers.md}
 * @param question in words
 * @param decision what Simtally does, whatever the answer
 * @param finder finds the answer
 */
public record Question(String id, String question, String decision, Finder finder) {

  /** Finds the answer to a question in an exchange, in words without any value. */
  public interface Finder {
    /** Returns the answer, empty if the exchange and those before it do not settle the question. */
    Optional<String> find(RecordedExchange exchange, Collection<RecordedExchange> before);

    /** Returns a finder that reads the answers of the operations that contain a text. */
    static Finder in(String operation, Function<RecordedExchange, Optional<String>> answer) {
      return (exchange, before) ->
          exchange.operation().contains(operation)
                  && exchange.isSuccess()
                  && exchange.answer().isPresent()
              ? answer.apply(exchange)
              : Optional.empty();
    }

    /** Returns a finder of the included ends of two ranges that meet. */
    static Finder ends(String path) {
      return (exchange, before) ->
          exchange.operation().matches("[A-Z]+ .*?" + path)
              ? RequestedRange.meeting(exchange, before)
              : Optional.empty();
    }

    /**
     * Returns a finder of whether the service has the path of a call.
     *
     * @param from the answer names the operation from this text on
     */
    static Finder exists(String path, String from) {
      return (exchange, before) -> {
        var operation = exchange.operation();
        if (!operation.matches("[A-Z]+ .*?" + path)) {
          return Optional.empty();
        }
        var name = operation.substring(operation.indexOf(from));
        return switch (exchange.status()) {
          case 200 -> Optional.of(name + " answers");
          case 404, 405, 410 -> Optional.of(name + " does not (" + exchange.status() + ")");
          default -> Optional.empty();
        };
      };
    }
  }
}
