package io.simtally.core.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Clock, sleeper and random numbers of the transport, so that tests need not wait. */
public interface Time {
  /** The time of this machine. */
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
            // Both end the sleep; the caller checks the future.
          }
        }

        @Override
        public long random(long bound) {
          return ThreadLocalRandom.current().nextLong(bound + 1);
        }
      };

  /** {@return the nanoseconds of a monotonic clock, as {@link System#nanoTime()}} */
  long nanoTime();

  /** {@return the time of the wall clock} */
  Instant now();

  /**
   * Waits for {@code duration}, or until {@code woken} is done.
   *
   * @param duration the longest wait
   * @param woken ends the wait early
   * @throws InterruptedException if the thread is interrupted
   */
  void sleep(Duration duration, CompletableFuture<?> woken) throws InterruptedException;

  /**
   * Returns a random number.
   *
   * @param bound the largest number, not negative and less than {@link Long#MAX_VALUE}
   * @return a number from 0 to {@code bound}, both included
   */
  long random(long bound);
}
