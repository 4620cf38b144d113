package io.simtally.benchmarks;

import org.jspecify.annotations.Nullable;

/** Holds the contestants to the same result: a fast wrong answer is no contestant. */
final class Agreement {
  private final String work;
  private @Nullable String first;
  private @Nullable Object agreed;

  private Agreement(String work) {
    this.work = work;
  }

  static Agreement of(String work) {
    return new Agreement(work);
  }

  /**
   * Takes a contestant's result.
   *
   * @throws IllegalStateException if another one's was different
   */
  Agreement add(String contestant, @Nullable Object result) {
    if (first == null) {
      first = contestant;
      agreed = result;
    } else if (result == null || !result.equals(agreed)) {
      throw new IllegalStateException(work + ": " + contestant + " and " + first + " do not agree");
    }
    return this;
  }
}
