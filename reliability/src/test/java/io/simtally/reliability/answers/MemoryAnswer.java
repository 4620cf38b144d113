package io.simtally.reliability.answers;

import io.simtally.core.RetryPolicy;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.ByteString;

/**
 * Responds inside the client, before its retries and its auth, so that a test runs only the
 * decoding.
 */
final class MemoryAnswer implements Interceptor {
  private static final MediaType JSON = MediaType.get("application/json");

  private int status;
  private Headers headers = Headers.EMPTY;
  private ByteString body = ByteString.EMPTY;

  /** Returns clients that receive only this response. */
  Clients clients() {
    return Clients.over(
        new OkHttpClient.Builder().addInterceptor(this).build(),
        "http://127.0.0.1",
        RetryPolicy.none());
  }

  /** Sets a successful response with a body. */
  void set(ByteString bytes) {
    set(200, Headers.EMPTY, bytes);
  }

  void set(int code, Headers fields, ByteString bytes) {
    status = code;
    headers = fields;
    body = bytes;
  }

  @Override
  public Response intercept(Chain chain) {
    return new Response.Builder()
        .request(chain.request())
        .protocol(Protocol.HTTP_1_1)
        .code(status)
        .message("")
        .headers(headers)
        .body(ResponseBody.create(body, JSON))
        .build();
  }
}
