package io.simtally.core;

import io.simtally.core.internal.TokenRefusal;
import io.simtally.core.internal.http.CompressedBody;
import okhttp3.Connection;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * One try of a call, from its slot of the rate limit to its answer: each begins with nothing that
 * another has left. Used by one thread at a time.
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

  /** What stands in for an attempt before the first has begun. */
  static Attempt none() {
    return new Attempt(0);
  }

  Attempt next() {
    return new Attempt(number() + 1);
  }

  /** How often the server has been asked by now, or would have been had it been there. */
  int number() {
    return first + Math.max(0, sent - 1);
  }

  /** A request goes out; OkHttp may send more than one in what we call an attempt. */
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

  /** How the credentials were refused, or null if they were not. */
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

  /** It could be repeated and is not. */
  void isLast(String because) {
    lastBecause = because;
  }

  /** Why a failure that could have been repeated was not, or null. */
  @Nullable String lastBecause() {
    return lastBecause;
  }
}
