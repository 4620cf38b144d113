package io.simtally.fleet.source;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** Readings of several ranges, one after the other, joined to one reading. */
public final class Ranges {
  private Ranges() {}

  /**
   * Reads several ranges in order. A range is read when the reading before it is complete.
   *
   * @param <R> a range
   * @param ranges the ranges
   * @param read reads one range
   * @return the records of all ranges
   */
  public static <R> CompletableFuture<List<UsageRecord>> each(
      List<R> ranges, Function<R, CompletableFuture<List<UsageRecord>>> read) {
    CompletableFuture<List<UsageRecord>> all = CompletableFuture.completedFuture(List.of());
    for (var range : ranges) {
      all = all.thenCompose(before -> read.apply(range).thenApply(more -> joined(before, more)));
    }
    return all;
  }

  /**
   * Reads some days at once, or each half of them where the provider cannot answer for so many: the
   * call times out or its pages stall.
   *
   * @param days the days
   * @param read reads one range
   * @return the records of all days
   */
  public static CompletableFuture<List<UsageRecord>> halving(
      DayRange days, Function<DayRange, CompletableFuture<List<UsageRecord>>> read) {
    return read.apply(days)
        .exceptionallyCompose(
            failure -> {
              if (days.days() == 1 || !isTooMuch(failure)) {
                return CompletableFuture.failedFuture(failure);
              }
              var middle = days.from().plusDays(days.days() / 2);
              var halves =
                  List.of(
                      new DayRange(days.from(), middle.minusDays(1)),
                      new DayRange(middle, days.to()));
              return each(halves, half -> halving(half, read));
            });
  }

  private static boolean isTooMuch(Throwable failure) {
    var cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof ApiException answer
        && (answer.kind() == Kind.PAGING_STALLED || answer.kind() == Kind.TIMEOUT);
  }

  private static List<UsageRecord> joined(List<UsageRecord> before, List<UsageRecord> more) {
    if (before.isEmpty()) {
      return more;
    }
    var all = new ArrayList<>(before);
    all.addAll(more);
    return all;
  }
}
