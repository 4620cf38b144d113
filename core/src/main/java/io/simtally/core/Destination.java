package io.simtally.core;

import io.simtally.core.internal.CallSpec;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * Where a client's calls go, and who they say they come from.
 *
 * @param provider the name that errors, logs and events give the system
 * @param baseUrl the address below which all calls go, without a slash at its end
 */
record Destination(String provider, HttpUrl baseUrl, String userAgent) {
  private static final MediaType JSON = MediaType.get("application/json");

  /** The request of a call. */
  Request request(CallSpec<?> spec, CallSettings settings) {
    var request =
        new Request.Builder()
            .url(spec.url(baseUrl))
            .headers(settings.headers())
            .header("User-Agent", userAgent)
            .header("Accept", "application/json");
    var body = spec.body();
    return (body == null ? request : request.post(RequestBody.create(body, JSON))).build();
  }
}
