package io.simtally.core.internal.usage;

import io.simtally.core.ApiException;
import io.simtally.core.UsageRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Conversion of one call's answer into usage records. The only place where a conversion's {@link
 * ApiException} is made.
 *
 * @param provider the provider in the records, for example {@code mason-usage}
 * @param operation verb and path template of the call; {@code usageRecords()} where the answer does
 *     not say which of several calls it belongs to
 */
public record UsageConversion(String provider, String operation) {
  /** The operation of an answer that several calls share. */
  public static final String UNKNOWN_OPERATION = "usageRecords()";

  /**
   * Makes the exception of an answer that was read but cannot become records.
   *
   * @param reason what is wrong and where, with the figures
   * @return an exception of kind {@code UNREADABLE_RESPONSE}, to be thrown by the caller
   */
  public ApiException refused(String reason) {
    return ApiException.builder(ApiException.Kind.UNREADABLE_RESPONSE)
        .provider(provider)
        .operation(operation)
        .reason(reason)
        .build();
  }

  /**
   * Adds two byte counts.
   *
   * @param one the first count
   * @param other the second count
   * @param of what the bytes belong to, for the message
   * @return the sum
   * @throws ApiException if a long does not hold it
   */
  public long sum(long one, long other, Object of) {
    var sum = one + other;
    if (sum < 0) {
      throw refused("the bytes of " + of + " exceed a long: " + one + " + " + other);
    }
    return sum;
  }

  /**
   * Converts an answer when it arrives. Cancelling the result cancels the call.
   *
   * @param <T> the answer
   * @param answer the answer of the call
   * @param records the conversion
   * @return the records; fails with the {@link ApiException} of the call or of the conversion
   */
  public static <T> CompletableFuture<List<UsageRecord>> async(
      CompletableFuture<T> answer, Function<? super T, List<UsageRecord>> records) {
    var converted = new CompletableFuture<List<UsageRecord>>();
    Future<?> unused =
        answer.whenComplete(
            (value, failure) -> {
              if (failure != null) {
                converted.completeExceptionally(failure);
                return;
              }
              try {
                converted.complete(records.apply(value));
              } catch (RuntimeException e) {
                converted.completeExceptionally(e);
              }
            });
    unused = converted.whenComplete((value, failure) -> answer.cancel(true));
    return converted;
  }
}
