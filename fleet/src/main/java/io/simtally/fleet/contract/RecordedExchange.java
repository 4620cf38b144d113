package io.simtally.fleet.contract;

import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/**
 * One call that was answered.
 *
 * @param operation verb and path template
 * @param url the URL of the request, without a credential
 * @param asked the body of the request, empty if it had none
 * @param omittedHeader the header that the check removed from the request, empty if none
 * @param status the HTTP status
 * @param answer the body of the answer, empty if it is not JSON or too long
 */
public record RecordedExchange(
    String operation,
    HttpUrl url,
    Optional<JsonValue> asked,
    String omittedHeader,
    int status,
    Optional<JsonValue> answer) {

  /** Returns the URL without its query, and the parts of the body that name the subject. */
  String subject() {
    var body =
        Stream.of("deviceId", "label")
            .flatMap(name -> asked.stream().flatMap(json -> json.all(name)))
            .findFirst();
    return url.encodedPath() + body;
  }

  /** Returns the values at a path in the answer, see {@link JsonValue#all}. */
  public Stream<JsonValue> all(String... path) {
    return answer.stream().flatMap(body -> body.all(path));
  }

  /** Returns the different words, joined; empty if there are none. */
  public static Optional<String> joined(Stream<String> found) {
    var words = found.collect(Collectors.toCollection(TreeSet::new));
    return words.isEmpty() ? Optional.empty() : Optional.of(String.join(" and ", words));
  }

  /** Returns whether the status is 2xx. */
  public boolean isSuccess() {
    return status >= 200 && status <= 299;
  }
}
