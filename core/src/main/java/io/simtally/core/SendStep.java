package io.simtally.core;

import io.simtally.core.internal.http.UnreadableBodyException;
import java.io.IOException;
import java.io.InterruptedIOException;
import okhttp3.Interceptor.Chain;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Sends one attempt through auth and OkHttp. The step reads the whole body of a success, so that a
 * body that breaks off is retried like a response that never arrived.
 */
record SendStep(long maxBodyBytes) implements CallChain.Step {
  @Override
  public Outcome send(CallContext call, Chain chain) {
    // A call without a rate limit leaves the client's queues here.
    call.deadline().start();
    try {
      return Outcome.of(read(chain, call.attempt()));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      // Not IOException: OkHttp throws an undeclared InterruptedException while it connects.
      var failure = e instanceof IOException io ? io : interrupted(e);
      var stopped = chain.call().isCanceled() || Thread.currentThread().isInterrupted();
      return Outcome.of(failure, stopped);
    }
  }

  private Response read(Chain chain, Attempt attempt) throws IOException {
    var response = NetworkInterceptor.visible(chain.proceed(chain.request()));
    try {
      if (response.isSuccessful()) {
        readBody(response, attempt);
      }
      return response;
    } catch (IOException e) {
      response.close();
      throw e;
    }
  }

  /**
   * Reads the body into the buffer that it is decoded from: no copy, and the connection is free.
   */
  private void readBody(Response response, Attempt attempt) throws IOException {
    var body = response.body();
    if (body.contentLength() > maxBodyBytes || isLonger(body.source(), attempt)) {
      throw UnreadableBodyException.tooLarge(maxBodyBytes);
    }
  }

  private boolean isLonger(BufferedSource source, Attempt attempt) throws IOException {
    try {
      return source.request(maxBodyBytes + 1);
    } catch (IOException e) {
      throw attempt.isCompressedBodyArriving() ? UnreadableBodyException.noGzip(e) : e;
    } catch (RuntimeException e) {
      throw UnreadableBodyException.noHttp(e);
    }
  }

  private static IOException interrupted(Exception cause) {
    Thread.currentThread().interrupt();
    var failure = new InterruptedIOException("interrupted");
    failure.initCause(cause);
    return failure;
  }
}
