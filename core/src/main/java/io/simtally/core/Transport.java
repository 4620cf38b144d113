package io.simtally.core;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonReader.Token;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.internal.AnswerDecoder;
import io.simtally.core.internal.CallContexts;
import io.simtally.core.internal.CallSpec;
import io.simtally.core.internal.ErrorMembers;
import io.simtally.core.internal.JsonLimits;
import io.simtally.core.internal.Time;
import io.simtally.core.internal.http.InterruptWatch;
import io.simtally.core.internal.http.SharedResources;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** Sends the calls of one client and returns typed answers. */
final class Transport {
  /** Some gateways send it before JSON. */
  private static final ByteString BYTE_ORDER_MARK = ByteString.encodeUtf8("\ufeff");

  /**
   * The HTTP client and its resources.
   *
   * @param client the HTTP client with our interceptors
   * @param seenByOthers whether an interceptor of the user sees the answers
   * @param own the connections to release on close, or null if they are the user's
   */
  record Http(OkHttpClient client, boolean seenByOthers, @Nullable SharedResources own) {}

  private static final MediaType JSON = MediaType.get("application/json");

  private final String provider;
  private final HttpUrl baseUrl;

  /** The headers of all calls. */
  private final Headers headers;

  private final Http http;
  private final CallListener listener;
  private final Failures failures;
  private final Time time;
  private final InterruptWatch interrupts;

  /** The deadlines of the asynchronous calls, which {@link #close} cancels. */
  private final Set<Deadline> underWay = ConcurrentHashMap.newKeySet();

  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Sends calls.
   *
   * @param provider the name of the system in errors, logs and events
   * @param baseUrl the address below which all calls go, without a slash at its end
   */
  Transport(
      String provider,
      HttpUrl baseUrl,
      String userAgent,
      Http http,
      CallListener listener,
      Failures failures,
      Time time) {
    this.provider = provider;
    this.baseUrl = baseUrl;
    this.headers = Headers.of("User-Agent", userAgent, "Accept", "application/json");
    this.http = http;
    this.listener = listener;
    this.failures = failures;
    this.time = time;
    this.interrupts = new InterruptWatch("simtally-" + provider + "-interrupts");
  }

  HttpUrl baseUrl() {
    return baseUrl;
  }

  String provider() {
    return provider;
  }

  void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    var own = http.own();
    if (own != null) {
      underWay.forEach(Deadline::cancel);
      http.client().dispatcher().cancelAll();
      own.release();
    }
    interrupts.close();
  }

  /** Returns the connections that another client may share, or null if they are the user's. */
  @Nullable SharedResources connections() {
    return http.own();
  }

  <T> ApiResponse<T> execute(CallSpec<T> spec, RequestContext request) {
    var context = context(spec, request);
    var call = call(spec, context);
    context.deadline().startAtOnce();
    var watched = interrupts.watch(call);
    try {
      CallContexts.begins(call, context);
      context.events().started(request.paging().page());
      return read(spec, context, call);
    } catch (ApiException e) {
      throw failed(context, e);
    } catch (RuntimeException | Error e) {
      broken(context);
      throw e;
    } finally {
      CallContexts.ended(call);
      watched.close();
    }
  }

  private <T> ApiResponse<T> read(CallSpec<T> spec, CallContext context, Call call) {
    if (Thread.currentThread().isInterrupted()) {
      throw failures.of(context, new InterruptedIOException("interrupted"), true);
    }
    try (var response = call.execute()) {
      return decode(spec.decoder(), context, response);
    } catch (IOException e) {
      throw failures.of(context, e, call.isCanceled());
    }
  }

  /**
   * Sends a call and returns at once.
   *
   * @param result makes the value of the future
   */
  <T, V> CompletableFuture<V> executeAsync(
      CallSpec<T> spec, RequestContext request, Function<ApiResponse<T>, V> result) {
    var context = context(spec, request);
    var call = call(spec, context);
    var future = new CompletableFuture<V>();
    Future<?> unused =
        future.whenComplete(
            (answer, failure) -> {
              underWay.remove(context.deadline());
              if (failure != null) {
                context.deadline().cancel();
                call.cancel();
              }
            });
    underWay.add(context.deadline());
    context.events().started(request.paging().page());
    CallContexts.begins(call, context);
    call.enqueue(new Completion<>(spec.decoder(), context, result, future));
    if (closed.get()) {
      // The client was closed meanwhile; threads that it shares with others would still send it.
      call.cancel();
    }
    return future;
  }

  /** Completes the future of an asynchronous call. */
  private final class Completion<T, V> implements Callback {
    private final AnswerDecoder<T> decoder;
    private final CallContext context;
    private final Function<ApiResponse<T>, V> result;
    private final CompletableFuture<V> future;

    Completion(
        AnswerDecoder<T> decoder,
        CallContext context,
        Function<ApiResponse<T>, V> result,
        CompletableFuture<V> future) {
      this.decoder = decoder;
      this.context = context;
      this.result = result;
      this.future = future;
    }

    @Override
    public void onResponse(Call call, Response response) {
      CallContexts.ended(call);
      try (response) {
        future.complete(result.apply(decode(decoder, context, response)));
      } catch (ApiException e) {
        future.completeExceptionally(failed(context, e));
      } catch (RuntimeException | Error e) {
        // Nothing else completes the future.
        broken(context);
        future.completeExceptionally(e);
      }
    }

    @Override
    public void onFailure(Call call, IOException e) {
      CallContexts.ended(call);
      if (isRejected(context)) {
        context.deadline().cancel();
      }
      future.completeExceptionally(failed(context, failures.of(context, e, call.isCanceled())));
    }
  }

  /**
   * Returns whether a call was not begun because the client was closed: OkHttp reports a timeout.
   */
  private boolean isRejected(CallContext context) {
    return !context.deadline().isRunning()
        && http.client().dispatcher().executorService().isShutdown();
  }

  /** Ends an iteration that would never end, as a call that is not sent. */
  ApiException stalled(CallSpec<?> spec, RequestContext request, String reason) {
    var context = context(spec, request);
    context.events().started(request.paging().page());
    return failed(context, failures.stalled(context, reason));
  }

  private CallContext context(CallSpec<?> spec, RequestContext request) {
    if (closed.get()) {
      throw new IllegalStateException("the " + provider + " client is closed");
    }
    return new CallContext(
        provider,
        spec,
        request.settings(),
        new Deadline(request.settings().timeout(), time),
        http.seenByOthers(),
        new CallEvents(provider, spec.operation(), listener, time),
        time);
  }

  private Call call(CallSpec<?> spec, CallContext context) {
    var request =
        new Request.Builder().url(spec.url(baseUrl)).headers(headers(context.settings().headers()));
    var body = spec.body();
    if (body != null) {
      request.post(RequestBody.create(body, JSON));
    }
    var call = http.client().newCall(request.build());
    call.timeout().timeout(context.deadline().limit().toNanos(), TimeUnit.NANOSECONDS);
    return call;
  }

  private Headers headers(Headers ofRequest) {
    return ofRequest.size() == 0 ? headers : headers.newBuilder().addAll(ofRequest).build();
  }

  private <T> ApiResponse<T> decode(
      AnswerDecoder<T> decoder, CallContext context, Response response) {
    if (!response.isSuccessful()) {
      throw failures.of(context, response);
    }
    // The buffer holds the whole body.
    var json = response.body().source().getBuffer();
    var reader = JsonReader.of(json);
    var bytes = json.size();
    var body = context.settings().keepsBody() ? json.snapshot().utf8() : null;
    try {
      if (json.rangeEquals(0, BYTE_ORDER_MARK)) {
        json.skip(BYTE_ORDER_MARK.size());
      }
      JsonLimits.check(json);
      var value = decoder.decode(reader, response.code());
      if (reader.peek() != Token.END_DOCUMENT) {
        throw new JsonDataException("Expected the end of the answer at path " + reader.getPath());
      }
      var error = ErrorMembers.of(reader);
      if (error != null && error.tellOfFailure()) {
        throw failures.failedSuccess(context, response, error);
      }
      var headers = response.headers();
      finished(context, null, response.code(), bytes);
      return new ApiResponse<>(
          value, response.code(), headers, Failures.requestId(headers), context.attempts(), body);
    } catch (IOException | JsonDataException e) {
      throw failures.unreadable(context, response, e, reader);
    }
  }

  private static ApiException failed(CallContext context, ApiException failure) {
    finished(context, failure.kind(), failure.status(), 0);
    return failure;
  }

  /** Reports the end of a call that ended with an exception of a user's interceptor or the JVM. */
  private static void broken(CallContext context) {
    finished(context, Kind.CANCELLED, 0, 0);
  }

  private static void finished(
      CallContext context, @Nullable Kind failure, int status, long bytes) {
    context.events().finished(failure, status, context.attempts(), bytes, context.deadline());
  }
}
