package io.simtally.reliability.load;

import io.simtally.core.ApiRequest;
import io.simtally.core.RetryPolicy;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * One question to a provider.
 *
 * @param usage what of an answer is the same each time
 * @param rows how many rows of usage an answer has
 */
record Job<T>(ApiRequest<T, ?> request, Function<T, ?> usage, ToLongFunction<T> rows) {
  /** Asks while nothing fails, so that every later answer can be told right or wrong. */
  Known<T> ask(Tally tally) {
    var response = request.executeWithResponse();
    tally.answered(response.attempts(), rows.applyAsLong(response.value()), true);
    return new Known<>(this, usage.apply(response.value()));
  }

  /**
   * A question whose answer is known.
   *
   * @param answer what the provider says when nothing fails
   */
  record Known<T>(Job<T> job, Object answer) {
    /** The same, asked without repetitions. */
    Known<T> once() {
      return new Known<>(
          new Job<>(job.request.retryPolicy(RetryPolicy.none()), job.usage, job.rows), answer);
    }

    /** Asks again, whatever fails. */
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
