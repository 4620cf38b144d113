package io.simtally.fleet.check;

/**
 * A question that the provider's page leaves open, or answers in two ways, and that an answer of
 * the service has settled. All of them are in {@code docs/providers.md} by their id.
 *
 * @param id short and lasting, for example {@code iotx-content}
 * @param operation verb and path template of the call that settled it
 * @param question what the page leaves open
 * @param answer what the service does
 * @param decision what Simtally makes of it
 */
public record ResolvedQuestion(
    String id, String operation, String question, String answer, String decision) {

  /** {@return one plain line} */
  @Override
  public String toString() {
    return operation + ": " + question + " " + answer + ". " + decision + " (" + id + ")";
  }
}
