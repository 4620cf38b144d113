package io.simtally.reliability.load;

import io.simtally.core.ApiRequest;
import io.simtally.core.RetryPolicy;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * A request to a provider.
 *
 * @param usage the part of the response that is equal each time
 * @param rows the number of usage rows in the response
 */
record Job<T>(ApiRequest<T, ?> request, Function<T, ?> usage, ToLongFunction<T> rows) {
  /** Executes the request without faults, to compare later responses with this one. */
  Known<T> ask(Tally tally) {
    var response = request.executeWithResponse();
    tally.answered(response.attempts(), rows.applyAsLong(response.value()), true);
    return new Known<>(this, usage.apply(response.value()));
  }

  /**
   * A request with a known response.
   *
   * @param answer the response without faults
   */
  record Known<T>(Job<T> job, Object answer) {
    /** Returns the request without retries. */
    Known<T> once() {
      return new Known<>(
          new Job<>(job.request.retryPolicy(RetryPolicy.none()), job.usage, job.rows), answer);
    }

    /** Executes the request and counts its outcome. */
    void ask(Tally tally) {
      tally.count(
          () -> {
            var response = job.request.executeWithResponse();
            var value = response.value();
            tally.answered(
                response.attempts(),
                job.rows.applyAsLong(value),
                job.usage.apply(value).equals(answer));
          });
    }
  }
}
