package io.simtally.fleet.source;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One reading of one device. Whatever is wrong with the request or the response of the device
 * becomes an {@link ApiException} that names it, so that the other devices are still read.
 *
 * @param provider the provider
 * @param operation the verb and path template of the call
 * @param device the device
 * @param days the days to read
 */
public record DeviceReading(String provider, String operation, Device device, DayRange days) {

  /**
   * Sends a call and converts its response to records.
   *
   * @param <A> the response
   * @param call sends the call
   * @param conversion converts the response; any exception it throws becomes an {@code
   *     UNREADABLE_RESPONSE}
   * @return the records
   */
  public <A> CompletableFuture<List<UsageRecord>> records(
      Supplier<CompletableFuture<A>> call, Function<A, List<UsageRecord>> conversion) {
    CompletableFuture<A> answer;
    try {
      answer = call.get();
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(
          failure(Kind.INVALID_REQUEST, String.valueOf(e.getMessage()), e));
    }
    return answer.thenApply(
        response -> {
          try {
            return conversion.apply(response);
          } catch (ApiException e) {
            throw e;
          } catch (RuntimeException e) {
            throw failure(Kind.UNREADABLE_RESPONSE, String.valueOf(e.getMessage()), e);
          }
        });
  }

  /**
   * Reads days that the provider keeps. The reading fails if a day is older, also if the day became
   * too old while the call was under way.
   *
   * @param oldestDay returns the oldest day that the provider keeps now
   * @param read reads the days
   * @return the records
   */
  public CompletableFuture<List<UsageRecord>> whileKept(
      Supplier<LocalDate> oldestDay, Supplier<CompletableFuture<List<UsageRecord>>> read) {
    var before = oldestDay.get();
    if (days.from().isBefore(before)) {
      return CompletableFuture.failedFuture(noLongerAvailable(before));
    }
    return read.get()
        .thenApply(
            records -> {
              var after = oldestDay.get();
              if (days.from().isBefore(after)) {
                throw noLongerAvailable(after);
              }
              return records;
            });
  }

  private ApiException noLongerAvailable(LocalDate oldest) {
    return failure(
        Kind.INVALID_REQUEST,
        days + " are no longer available: the provider keeps usage from " + oldest + " on",
        null);
  }

  /**
   * Returns the exception for a response that does not fit the request.
   *
   * @param reason what does not fit
   * @return an exception of kind {@code UNREADABLE_RESPONSE} that names the device
   */
  public ApiException unreadable(String reason) {
    return failure(Kind.UNREADABLE_RESPONSE, reason, null);
  }

  private ApiException failure(Kind kind, String reason, @Nullable Throwable cause) {
    return ApiException.builder(kind)
        .provider(provider)
        .operation(operation)
        .reason(device + ": " + reason)
        .cause(cause)
        .build();
  }
}
