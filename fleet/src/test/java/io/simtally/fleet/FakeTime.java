package io.simtally.fleet;

import io.simtally.core.internal.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that moves when code sleeps. */
final class FakeTime implements Time {
  private final AtomicLong nanos = new AtomicLong();

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
    nanos.addAndGet(duration.toNanos());
  }

  @Override
  public long random(long bound) {
    return bound;
  }

  Duration elapsed() {
    return Duration.ofNanos(nanos.get());
  }
}
