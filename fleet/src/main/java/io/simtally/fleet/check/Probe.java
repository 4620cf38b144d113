package io.simtally.fleet.check;

import io.simtally.core.ApiResponse;
import io.simtally.core.auth.ThingSpaceCredentials;
import java.util.Objects;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * One small call that is sent to a service once.
 *
 * @param operation verb and path template
 * @param about what is particular about it, empty if nothing
 * @param isQuestion whether a refusal is an answer as well, because nobody knows whether the
 *     service has this call
 * @param ask makes the call, or null if it needs a device that nobody has named
 */
record Probe(String operation, String about, boolean isQuestion, @Nullable Ask ask) {

  /** Makes a call through a client of its own. */
  interface Ask {
    /**
     * Makes it.
     *
     * @param http sends it
     * @param credentials of ThingSpace, else null
     */
    ApiResponse<?> with(OkHttpClient http, @Nullable ThingSpaceCredentials credentials);
  }

  static Probe of(String operation, Ask ask) {
    return new Probe(operation, "", false, ask);
  }

  /** A call that cannot be made without a device. */
  static Probe needing(String operation, String device) {
    return new Probe(operation, "needs " + device + " in the devices file", false, null);
  }

  /** Makes the call. */
  ApiResponse<?> ask(OkHttpClient http, @Nullable ThingSpaceCredentials credentials) {
    return Objects.requireNonNull(ask, operation).with(http, credentials);
  }

  Probe about(String words) {
    return new Probe(operation, words, isQuestion, ask);
  }

  /** The same call as a question at another path. */
  Probe at(String otherOperation, String path, String otherPath) {
    return new Probe(
        otherOperation,
        about,
        true,
        (http, credentials) ->
            ask(
                outermost(http, chain -> chain.proceed(moved(chain.request(), path, otherPath))),
                credentials));
  }

  private static Request moved(Request request, String path, String otherPath) {
    var url = request.url();
    var moved = url.encodedPath().replace(path, otherPath);
    return request.newBuilder().url(url.newBuilder().encodedPath(moved).build()).build();
  }

  /** The same call as a question, with some of its tokens. */
  Probe with(SentTokens tokens, String words) {
    return new Probe(
        operation,
        words,
        true,
        (http, credentials) -> ask(tagged(http, SentTokens.class, tokens), credentials));
  }

  /** A call that only logs in. */
  Probe keptBack() {
    return new Probe(
        operation,
        about,
        false,
        (http, credentials) ->
            ask(
                tagged(http, RequestRecorder.KeptBack.class, RequestRecorder.KeptBack.YES),
                credentials));
  }

  private static <T> OkHttpClient tagged(OkHttpClient http, Class<T> type, T tag) {
    return outermost(
        http, chain -> chain.proceed(chain.request().newBuilder().tag(type, tag).build()));
  }

  /** Whoever looks on sees what this one changes. */
  private static OkHttpClient outermost(OkHttpClient http, Interceptor interceptor) {
    var changed = http.newBuilder();
    changed.interceptors().add(0, interceptor);
    return changed.build();
  }
}
