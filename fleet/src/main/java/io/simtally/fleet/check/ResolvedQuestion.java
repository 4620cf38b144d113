package io.simtally.fleet.check;

/**
 * An open question of a provider's page that an answer has settled. {@code docs/providers.md} lists
 * all questions by their id.
 *
 * @param id short and stable, for example {@code iotx-content}
 * @param operation verb and path template of the call that settled the question
 * @param question the question in words
 * @param answer what the service does
 * @param decision what Simtally does
 */
public record ResolvedQuestion(
    String id, String operation, String question, String answer, String decision) {

  /** {@return one plain line} */
  @Override
  public String toString() {
    return operation + ": " + question + " " + answer + ". " + decision + " (" + id + ")";
  }
}
