package io.simtally.simulator.internal;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** The usage of one member. */
@FunctionalInterface
public interface MemberUsage<U> {
  /** Returns the usage between two instants, both included, the oldest first. */
  List<U> between(Instant first, Instant last);

  /** Returns a history of exactly this usage, given in any order. */
  static <U> MemberUsage<U> of(List<U> usage, Function<U, Instant> time) {
    List<U> sorted = usage.stream().sorted(Comparator.comparing(time)).toList();
    return (first, last) ->
        sorted.stream().filter(one -> isBetween(time.apply(one), first, last)).toList();
  }

  /** Returns whether an instant is between two others, both included. */
  static boolean isBetween(Instant instant, Instant first, Instant last) {
    return !instant.isBefore(first) && !instant.isAfter(last);
  }
}
