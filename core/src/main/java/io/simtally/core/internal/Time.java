package io.simtally.core.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The clock, the sleeper and the dice of the transport, so that tests need no waiting. */
public interface Time {
  /** The machine's own time. */
  Time SYSTEM =
      new Time() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public Instant now() {
          return Instant.now();
        }

        @Override
        public void sleep(Duration duration, CompletableFuture<?> woken)
            throws InterruptedException {
          try {
            woken.get(duration.toNanos(), TimeUnit.NANOSECONDS);
          } catch (TimeoutException | ExecutionException slept) {
            // Both are ends of the sleep; the caller looks at the future itself.
          }
        }

        @Override
        public long random(long bound) {
          return ThreadLocalRandom.current().nextLong(bound + 1);
        }
      };

  /** {@return a monotonic clock's nanoseconds, as {@link System#nanoTime()}} */
  long nanoTime();

  /** {@return the time of the wall clock} */
  Instant now();

  /**
   * Waits for {@code duration}, or until {@code woken} is complete, however it completed.
   *
   * @param duration the longest wait
   * @param woken ends the wait early
   * @throws InterruptedException if the thread is interrupted
   */
  void sleep(Duration duration, CompletableFuture<?> woken) throws InterruptedException;

  /**
   * Throws the dice.
   *
   * @param bound the largest number, not negative and less than {@link Long#MAX_VALUE}
   * @return a number from zero to {@code bound}, both included
   */
  long random(long bound);
}
