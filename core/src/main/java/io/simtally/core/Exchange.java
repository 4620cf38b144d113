package io.simtally.core;

import io.simtally.core.internal.AuthContext;
import io.simtally.core.internal.CallSpec;
import io.simtally.core.internal.LoginFailure;
import io.simtally.core.internal.Time;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Connection;
import okhttp3.Protocol;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one call while it is under way. The interceptors find it as the request's tag.
 * Used by one thread at a time, but for {@link #cancel()}.
 */
final class Exchange implements AuthContext {
  private final String provider;
  private final String operation;
  private final boolean repeatableAfter500;
  private final RetryPolicy retryPolicy;
  private final Duration timeout;
  private final boolean seenByOthers;
  private final Time time;
  private final CallReport report;
  private final CompletableFuture<Void> cancelled = new CompletableFuture<>();

  private final long created;
  private long started;
  private boolean underWay;
  private int attempts;
  private int sentInThisAttempt;
  private boolean sentOverHttp2;
  private boolean refused;
  private boolean renewable;
  private boolean packedBodyArrives;
  private List<String> hiddenRetryAfter = List.of();
  private @Nullable String givenUp;

  Exchange(
      String provider,
      CallSpec<?> spec,
      RetryPolicy retryPolicy,
      Duration timeout,
      boolean seenByOthers,
      CallListener listener,
      Time time) {
    this.provider = provider;
    this.operation = spec.operation();
    this.repeatableAfter500 = spec.repeatableAfter500();
    this.retryPolicy = retryPolicy;
    this.timeout = timeout;
    this.seenByOthers = seenByOthers;
    this.time = time;
    this.report = new CallReport(provider, operation, listener, time);
    this.created = time.nanoTime();
    this.started = created;
  }

  /** The exchange of the call that {@code request} belongs to, or null if it is none of ours. */
  static @Nullable Exchange of(Request request) {
    return request.tag(AuthContext.class) instanceof Exchange exchange ? exchange : null;
  }

  CallReport report() {
    return report;
  }

  String provider() {
    return provider;
  }

  String operation() {
    return operation;
  }

  boolean repeatableAfter500() {
    return repeatableAfter500;
  }

  RetryPolicy retryPolicy() {
    return retryPolicy;
  }

  Duration timeout() {
    return timeout;
  }

  /** The call has left the queue: its time begins now, as that of OkHttp's own timeout. */
  void start() {
    // An interceptor of the user's may come here again, on the same deadline.
    if (!underWay) {
      underWay = true;
      started = time.nanoTime();
    }
  }

  boolean isUnderWay() {
    return underWay;
  }

  /** The call goes past the queue: its time has begun when it was made. */
  void startAtOnce() {
    underWay = true;
  }

  /** How long the call stood in the queue. */
  Duration queued() {
    return Duration.ofNanos((underWay ? started : time.nanoTime()) - created);
  }

  Duration elapsed() {
    return underWay ? Duration.ofNanos(time.nanoTime() - started) : Duration.ZERO;
  }

  Duration left() {
    return timeout.minus(elapsed());
  }

  /** Waits, if the call has that long. */
  void sleep(Duration duration) throws IOException {
    try {
      time.sleep(duration, cancelled);
    } catch (InterruptedException e) {
      throw interrupted();
    }
    if (cancelled.isDone()) {
      throw new IOException("Canceled");
    }
  }

  @Override
  public <V> V await(CompletableFuture<V> pending) throws IOException {
    try {
      CompletableFuture.anyOf(pending, cancelled).get(left().toNanos(), TimeUnit.NANOSECONDS);
      if (cancelled.isDone()) {
        throw new IOException("Canceled");
      }
      return pending.get();
    } catch (TimeoutException e) {
      throw new InterruptedIOException("timeout");
    } catch (InterruptedException e) {
      throw interrupted();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted");
  }

  void cancel() {
    cancelled.complete(null);
  }

  boolean isCancelled() {
    return cancelled.isDone();
  }

  void beginAttempt() {
    sentInThisAttempt = 0;
    refused = false;
    renewable = false;
    packedBodyArrives = false;
    hiddenRetryAfter = List.of();
    attempts++;
  }

  /** A request of this call goes out; OkHttp may send more than one in what we call an attempt. */
  void sent(@Nullable Connection connection) {
    sentOverHttp2 = connection != null && connection.protocol() == Protocol.HTTP_2;
    sentInThisAttempt++;
    if (sentInThisAttempt > 1) {
      attempts++;
    }
  }

  boolean isSentOverHttp2() {
    return sentOverHttp2;
  }

  /** How often the server was asked, or would have been had it been there. */
  int attempts() {
    return attempts;
  }

  @Override
  public void credentialsRefused(boolean canBeRenewed) {
    refused = true;
    renewable = canBeRenewed;
  }

  @Override
  public void tokenFetched(String token, Duration duration, @Nullable LoginFailure failure) {
    report.tokenFetched(token, failure == null ? null : Failures.kindOf(failure), duration);
  }

  boolean areCredentialsRefused() {
    return refused;
  }

  boolean areCredentialsRenewable() {
    return renewable;
  }

  void hideRetryAfter(List<String> values) {
    hiddenRetryAfter = values;
  }

  /** What OkHttp must not see of the last answer's headers, to be put back behind it. */
  List<String> hiddenRetryAfter() {
    return hiddenRetryAfter;
  }

  void packedBodyBegins() {
    packedBodyArrives = true;
  }

  void packedBodyBrokeOff() {
    packedBodyArrives = false;
  }

  @Override
  public boolean isSeenByOthers() {
    return seenByOthers;
  }

  @Override
  public boolean isPackedBodyArriving() {
    return packedBodyArrives;
  }

  void giveUp(String reason) {
    givenUp = reason;
  }

  /** Why a failure that could have been repeated was not, or null. */
  @Nullable String givenUp() {
    return givenUp;
  }
}
