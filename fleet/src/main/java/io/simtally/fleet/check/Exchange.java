package io.simtally.fleet.check;

import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/**
 * One call that was answered.
 *
 * @param page what the provider's page says of it
 * @param url what was asked, without a credential
 * @param asked the request's body, empty if it had none
 * @param tokens which credentials went with it
 * @param status the HTTP status
 * @param answer the answer's body, empty if it is no JSON or too long
 */
record Exchange(
    DocumentedCall page,
    HttpUrl url,
    Optional<JsonValue> asked,
    SentTokens tokens,
    int status,
    Optional<JsonValue> answer) {

  boolean isOfTheSameSubject(Exchange other) {
    return url.encodedPath().equals(other.url.encodedPath()) && subject().equals(other.subject());
  }

  /** The device of a ThingSpace request. */
  Optional<JsonValue> subject() {
    return asked.flatMap(body -> body.get("deviceId").or(() -> body.get("label")));
  }

  /** The items of an array that is a member of the answer. */
  Stream<JsonValue> rows(String name) {
    return answer.flatMap(body -> body.get(name)).stream().flatMap(rows -> rows.items().stream());
  }

  /** What all of them are, or all that they are; empty if there are none. */
  static Optional<String> either(Stream<String> found, Function<String, String> word) {
    var words = found.map(word).collect(Collectors.toCollection(TreeSet::new));
    return words.isEmpty() ? Optional.empty() : Optional.of(String.join(" and ", words));
  }

  boolean isSuccess() {
    return status >= 200 && status <= 299;
  }
}
