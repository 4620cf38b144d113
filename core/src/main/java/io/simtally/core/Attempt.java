package io.simtally.core;

import io.simtally.core.internal.TokenRefusal;
import io.simtally.core.internal.http.CompressedBody;
import okhttp3.Connection;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * The state of one attempt of a call, from its slot of the rate limit to its response. Used by one
 * thread at a time.
 */
final class Attempt implements CompressedBody.Watcher {
  private final int first;
  private int sent;
  private boolean overHttp2;
  private @Nullable TokenRefusal refusal;
  private boolean compressedBodyArriving;
  private @Nullable String lastBecause;

  private Attempt(int first) {
    this.first = first;
  }

  /** Returns a placeholder until the first attempt begins. */
  static Attempt none() {
    return new Attempt(0);
  }

  Attempt next() {
    return new Attempt(number() + 1);
  }

  /** Returns the number of requests sent so far, including those that did not reach the server. */
  int number() {
    return first + Math.max(0, sent - 1);
  }

  /** Counts a request. OkHttp may send several requests in one attempt. */
  void sent(@Nullable Connection connection) {
    overHttp2 = connection != null && connection.protocol() == Protocol.HTTP_2;
    sent++;
  }

  boolean isSentOverHttp2() {
    return overHttp2;
  }

  void credentialsRefused(TokenRefusal of) {
    refusal = of;
  }

  boolean areCredentialsRefused() {
    return refusal != null;
  }

  /** Returns whether another token may help, or null if no token was refused. */
  @Nullable TokenRefusal refusal() {
    return refusal;
  }

  @Override
  public void compressedBodyBegins() {
    compressedBodyArriving = true;
  }

  @Override
  public void compressedBodyBrokeOff() {
    compressedBodyArriving = false;
  }

  boolean isCompressedBodyArriving() {
    return compressedBodyArriving;
  }

  /** Records why a retryable failure is not retried. */
  void isLast(String because) {
    lastBecause = because;
  }

  /** Returns why a retryable failure was not retried, or null. */
  @Nullable String lastBecause() {
    return lastBecause;
  }
}
