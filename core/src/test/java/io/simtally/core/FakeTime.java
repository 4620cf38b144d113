package io.simtally.core;

import io.simtally.core.internal.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that moves when code sleeps, and dice that always return the highest number. */
final class FakeTime implements Time {
  private final AtomicLong nanos = new AtomicLong();
  private final List<Duration> sleeps = new CopyOnWriteArrayList<>();

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  @Override
  public Instant now() {
    return Instant.parse("2026-01-01T00:00:00Z").plusNanos(nanos.get());
  }

  @Override
  public void sleep(Duration duration, CompletableFuture<?> woken) {
    sleeps.add(duration);
    advance(duration);
  }

  @Override
  public long random(long bound) {
    return bound;
  }

  public void advance(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  /** Returns the duration of each sleep, in order. */
  public List<Duration> sleeps() {
    return sleeps;
  }
}
