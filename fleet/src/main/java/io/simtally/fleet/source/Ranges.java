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

/** Readings of several ranges, one after the other, as one. */
final class Ranges {
  private Ranges() {}

  /** All of some readings, in order; nothing is begun before the one before it has ended. */
  static <R> CompletableFuture<List<UsageRecord>> each(
      List<R> ranges, Function<R, CompletableFuture<List<UsageRecord>>> read) {
    CompletableFuture<List<UsageRecord>> all = CompletableFuture.completedFuture(List.of());
    for (var range : ranges) {
      all = all.thenCompose(before -> read.apply(range).thenApply(more -> joined(before, more)));
    }
    return all;
  }

  /**
   * One reading, or those of both halves of its days where the carrier cannot answer for so many:
   * it takes too long, or its pages do not go on.
   */
  static CompletableFuture<List<UsageRecord>> halving(
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
