package io.simtally.core;

import io.simtally.core.internal.http.HeaderSetting;
import java.time.Duration;
import okhttp3.Headers;

/**
 * How one call is made: as the client says, where the request does not say otherwise.
 *
 * @param timeout how long it may take
 * @param retryPolicy how often and how patiently failed attempts are repeated
 * @param headers what is sent beside our own headers
 * @param keepsBody whether the answer is also kept as it came
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
