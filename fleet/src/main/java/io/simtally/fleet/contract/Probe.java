package io.simtally.fleet.contract;

import io.simtally.core.ApiResponse;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * One small call that the check sends once.
 *
 * @param operation verb and path template
 * @param about what distinguishes the call from others of the operation, empty if nothing
 * @param isQuestion whether a refusal is an answer, because the page does not settle the call
 * @param ask sends the call, or null if it needs a device that is not listed
 */
public record Probe(
    String operation,
    String about,
    boolean isQuestion,
    @Nullable Function<OkHttpClient, ApiResponse<?>> ask) {

  /** The header that is removed from a request before it is sent, as a tag of the request. */
  public record OmittedHeader(String name) {}

  /** Returns a call that a client built from the given HTTP client sends. */
  public static Probe of(String operation, Function<OkHttpClient, ApiResponse<?>> ask) {
    return new Probe(operation, "", false, ask);
  }

  /** Returns a call that cannot be sent without a device. */
  public static Probe needing(String operation, String device) {
    return new Probe(operation, "needs " + device + " in the devices file", false, null);
  }

  /** Sends the call. */
  public ApiResponse<?> ask(OkHttpClient http) {
    return Objects.requireNonNull(ask, operation).apply(http);
  }

  /** Returns the call with what distinguishes it from others of its operation. */
  public Probe about(String words) {
    return new Probe(operation, words, isQuestion, ask);
  }

  /** Returns the call at another path, as a question. */
  public Probe at(String otherOperation, String path, String otherPath) {
    return new Probe(otherOperation, about, true, ask)
        .changing(
            request -> {
              var moved = request.url().encodedPath().replace(path, otherPath);
              return request
                  .newBuilder()
                  .url(request.url().newBuilder().encodedPath(moved).build())
                  .build();
            });
  }

  /** Returns the call without a header, as a question. */
  public Probe without(String header, String words) {
    return new Probe(operation, words, true, ask)
        .tagged(OmittedHeader.class, new OmittedHeader(header));
  }

  /** Returns the call with a tag on its request. */
  public <T> Probe tagged(Class<T> type, T tag) {
    return changing(request -> request.newBuilder().tag(type, tag).build());
  }

  private Probe changing(UnaryOperator<Request> change) {
    return new Probe(
        operation,
        about,
        isQuestion,
        http -> {
          // The first interceptor, so that the others see the changed request.
          var changed = http.newBuilder();
          changed.interceptors().add(0, chain -> chain.proceed(change.apply(chain.request())));
          return ask(changed.build());
        });
  }
}
