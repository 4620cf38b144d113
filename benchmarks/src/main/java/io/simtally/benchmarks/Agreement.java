package io.simtally.benchmarks;

import org.jspecify.annotations.Nullable;

/** Checks that all contestants return the same result. */
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
   * Adds a contestant's result.
   *
   * @throws IllegalStateException if it differs from the result of another contestant
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
