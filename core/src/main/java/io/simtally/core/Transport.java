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
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Sends the calls of one client: a call description goes in, a typed answer or an {@link
 * ApiException} comes out.
 */
final class Transport {
  /** Some gateways put it before what is JSON otherwise. */
  private static final ByteString BYTE_ORDER_MARK = ByteString.encodeUtf8("\ufeff");

  /**
   * What the calls are sent through.
   *
   * @param client with our interceptors in it
   * @param seenByOthers whether an interceptor that is none of ours sees the answers
   * @param own the connections of the client if it is not the user's, to be released with it
   */
  record Http(OkHttpClient client, boolean seenByOthers, @Nullable SharedResources own) {}

  private final Destination destination;
  private final Http http;
  private final CallListener listener;
  private final Failures failures;
  private final Time time;
  private final InterruptWatch interrupts;

  /** Of the asynchronous calls, whose waits nobody else would end. */
  private final Set<Deadline> underWay = ConcurrentHashMap.newKeySet();

  private final AtomicBoolean closed = new AtomicBoolean();

  Transport(
      Destination destination, Http http, CallListener listener, Failures failures, Time time) {
    this.destination = destination;
    this.http = http;
    this.listener = listener;
    this.failures = failures;
    this.time = time;
    this.interrupts = new InterruptWatch("simtally-" + destination.provider() + "-interrupts");
  }

  HttpUrl baseUrl() {
    return destination.baseUrl();
  }

  String provider() {
    return destination.provider();
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

  /** {@return the connections that another client may share, or null if they are the user's} */
  @Nullable SharedResources connections() {
    return http.own();
  }

  <T> ApiResponse<T> execute(CallSpec<T> spec, RequestContext context) {
    var exchange = exchange(spec, context);
    var call = call(spec, exchange);
    exchange.deadline().startAtOnce();
    var watched = interrupts.watch(call);
    try {
      CallContexts.begins(call, exchange);
      exchange.report().started(context.paging().page());
      return finished(exchange, read(spec, exchange, call));
    } catch (ApiException e) {
      throw finished(exchange, e);
    } catch (RuntimeException | Error e) {
      broken(exchange);
      throw e;
    } finally {
      CallContexts.ended(call);
      watched.close();
    }
  }

  private <T> Answer<T> read(CallSpec<T> spec, Exchange exchange, Call call) {
    if (Thread.currentThread().isInterrupted()) {
      throw failures.of(exchange, new InterruptedIOException("interrupted"), true);
    }
    try (var response = call.execute()) {
      return decode(spec.decoder(), exchange, response);
    } catch (IOException e) {
      throw failures.of(exchange, e, call.isCanceled());
    }
  }

  /**
   * Sends a call and returns at once.
   *
   * @param result what the future is completed with
   */
  <T, V> CompletableFuture<V> executeAsync(
      CallSpec<T> spec, RequestContext context, Function<ApiResponse<T>, V> result) {
    var exchange = exchange(spec, context);
    var call = call(spec, exchange);
    var future = new CompletableFuture<V>();
    Future<?> unused =
        future.whenComplete(
            (answer, failure) -> {
              underWay.remove(exchange.deadline());
              if (failure != null) {
                exchange.deadline().cancel();
                call.cancel();
              }
            });
    underWay.add(exchange.deadline());
    exchange.report().started(context.paging().page());
    CallContexts.begins(call, exchange);
    call.enqueue(new Completion<>(spec.decoder(), exchange, result, future));
    if (closed.get()) {
      // Meanwhile; and threads that others share would still send it.
      call.cancel();
    }
    return future;
  }

  /** Completes the future of an asynchronous call. */
  private final class Completion<T, V> implements Callback {
    private final AnswerDecoder<T> decoder;
    private final Exchange exchange;
    private final Function<ApiResponse<T>, V> result;
    private final CompletableFuture<V> future;

    Completion(
        AnswerDecoder<T> decoder,
        Exchange exchange,
        Function<ApiResponse<T>, V> result,
        CompletableFuture<V> future) {
      this.decoder = decoder;
      this.exchange = exchange;
      this.result = result;
      this.future = future;
    }

    @Override
    public void onResponse(Call call, Response response) {
      CallContexts.ended(call);
      try (response) {
        future.complete(result.apply(finished(exchange, decode(decoder, exchange, response))));
      } catch (ApiException e) {
        future.completeExceptionally(finished(exchange, e));
      } catch (RuntimeException | Error e) {
        // Nobody else would ever complete the future.
        broken(exchange);
        future.completeExceptionally(e);
      }
    }

    @Override
    public void onFailure(Call call, IOException e) {
      CallContexts.ended(call);
      if (isTurnedAway(exchange)) {
        exchange.deadline().cancel();
      }
      future.completeExceptionally(finished(exchange, failures.of(exchange, e, call.isCanceled())));
    }
  }

  /** Never begun, as the client was closed: which OkHttp reports like a time that is up. */
  private boolean isTurnedAway(Exchange exchange) {
    return !exchange.deadline().isRunning()
        && http.client().dispatcher().executorService().isShutdown();
  }

  /** Ends an iteration that would otherwise never end, as a call that is not sent. */
  ApiException stalled(CallSpec<?> spec, RequestContext context, String reason) {
    var exchange = exchange(spec, context);
    exchange.report().started(context.paging().page());
    return finished(exchange, failures.stalled(exchange, reason));
  }

  private Exchange exchange(CallSpec<?> spec, RequestContext context) {
    if (closed.get()) {
      throw new IllegalStateException("the " + provider() + " client is closed");
    }
    return new Exchange(
        provider(),
        spec,
        context.settings(),
        new Deadline(context.settings().timeout(), time),
        http.seenByOthers(),
        new CallEvents(provider(), spec.operation(), listener, time),
        time);
  }

  private Call call(CallSpec<?> spec, Exchange exchange) {
    var call = http.client().newCall(destination.request(spec, exchange.settings()));
    call.timeout().timeout(exchange.deadline().limit().toNanos(), TimeUnit.NANOSECONDS);
    return call;
  }

  private record Answer<T>(ApiResponse<T> response, long bytes) {}

  private <T> Answer<T> decode(AnswerDecoder<T> decoder, Exchange exchange, Response response) {
    if (!response.isSuccessful()) {
      throw failures.of(exchange, response);
    }
    // All of it is in the buffer, so that nothing has to be asked for more.
    var json = response.body().source().getBuffer();
    var reader = JsonReader.of(json);
    var bytes = json.size();
    var body = exchange.settings().keepsBody() ? json.snapshot().utf8() : null;
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
        throw failures.failedSuccess(exchange, response, error);
      }
      var headers = response.headers();
      return new Answer<>(
          new ApiResponse<>(
              value,
              response.code(),
              headers,
              Failures.requestId(headers),
              exchange.attempts(),
              body),
          bytes);
    } catch (IOException | JsonDataException e) {
      throw failures.unreadable(exchange, response, e, reader);
    }
  }

  private static <T> ApiResponse<T> finished(Exchange exchange, Answer<T> answer) {
    finished(exchange, null, answer.response().status(), answer.bytes());
    return answer.response();
  }

  private static ApiException finished(Exchange exchange, ApiException failure) {
    finished(exchange, failure.kind(), failure.status(), 0);
    return failure;
  }

  /** An interceptor of the user's, or the machine, threw what no call ends with. */
  private static void broken(Exchange exchange) {
    finished(exchange, Kind.CANCELLED, 0, 0);
  }

  private static void finished(Exchange exchange, @Nullable Kind failure, int status, long bytes) {
    exchange
        .report()
        .finished(
            failure,
            status,
            exchange.attempts(),
            bytes,
            exchange.deadline().queued(),
            exchange.deadline().elapsed());
  }
}
