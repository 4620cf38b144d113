package io.simtally.fleet.check;

import java.util.Collection;
import java.util.Optional;

/**
 * What a provider's page leaves open and an answer can settle; see {@code docs/providers.md}.
 *
 * @param id short and lasting
 * @param question in words
 * @param decision what Simtally does, whatever the answer
 * @param finder finds the answer
 */
record Question(String id, String question, String decision, Finder finder) {

  /** Finds an answer to a question, in words that tell no value. */
  interface Finder {
    Optional<String> find(Exchange exchange, Collection<Exchange> before);
  }

  /**
   * What the service does, as far as this answer tells.
   *
   * @param before the calls before it
   */
  Optional<ResolvedQuestion> settledBy(Exchange exchange, Collection<Exchange> before) {
    return finder
        .find(exchange, before)
        .map(
            answer ->
                new ResolvedQuestion(id, exchange.page().operation(), question, answer, decision));
  }
}
