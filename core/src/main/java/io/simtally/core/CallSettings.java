package io.simtally.core;

import io.simtally.core.internal.http.HeaderSetting;
import java.time.Duration;
import okhttp3.Headers;

/**
 * The settings of one call. The client provides those that the request does not set.
 *
 * @param timeout the longest duration of the call
 * @param retryPolicy the retries of failed attempts
 * @param headers additional headers
 * @param keepsBody whether the response keeps its body
 */
record CallSettings(Duration timeout, RetryPolicy retryPolicy, Headers headers, boolean keepsBody) {

  CallSettings withTimeout(Duration other) {
    return new CallSettings(other, retryPolicy, headers, keepsBody);
  }

  CallSettings withRetryPolicy(RetryPolicy other) {
    return new CallSettings(timeout, other, headers, keepsBody);
  }

  CallSettings withHeader(String name, String value) {
    return new CallSettings(
        timeout, retryPolicy, HeaderSetting.added(headers, name, value), keepsBody);
  }

  CallSettings keepingBody() {
    return new CallSettings(timeout, retryPolicy, headers, true);
  }
}
