package io.simtally.fleet;

import io.simtally.core.ApiException;
import io.simtally.core.internal.Time;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a run: waiting calls, calls in progress and results that are not taken yet. When a
 * call ends, the next one begins on the client's thread, whether or not results are taken.
 * Thread-safe; no code of the caller runs under its lock.
 */
final class CallWindow<D, T> {
  /**
   * Results and waiting devices per concurrent call, for a program that takes results in bursts.
   */
  private static final int HELD_FOR_EACH_CALL = 4;

  /** A device that gets more 429 than this, while others have responses, fails. */
  private static final int MOST_REFUSALS = 6;

  private final long capacity;
  private final Time time;
  private final Object lock = new Object();
  private final AdaptiveConcurrency pace;
  private final Deque<Ask<D, T>> waiting = new ArrayDeque<>();
  private final Queue<FleetResult<D, T>> results = new ArrayDeque<>();
  private final IdentityHashMap<Ask<D, T>, CompletableFuture<T>> underWay = new IdentityHashMap<>();
  private int slotsTaken;
  private @Nullable Stop stopped;
  private boolean closed;
  private CompletableFuture<Void> news = new CompletableFuture<>();

  /**
   * One device and its call.
   *
   * @param refusals the number of 429 so far
   * @param refusal the last 429, or null
   */
  private record Ask<D, T>(
      D device, Supplier<CompletableFuture<T>> call, int refusals, @Nullable ApiException refusal) {
    Ask<D, T> again(ApiException failure) {
      return new Ask<>(device, call, refusals + 1, failure);
    }
  }

  /** Why no more calls begin. */
  interface Stop {
    RuntimeException exception(long done);
  }

  CallWindow(int concurrency, Time time) {
    this.capacity = (long) concurrency * HELD_FOR_EACH_CALL;
    this.time = time;
    this.pace = new AdaptiveConcurrency(concurrency);
  }

  boolean isFull() {
    synchronized (lock) {
      return waiting.size() + slotsTaken + results.size() >= capacity;
    }
  }

  boolean isIdle() {
    synchronized (lock) {
      return waiting.isEmpty() && slotsTaken == 0 && results.isEmpty();
    }
  }

  @Nullable Stop stopped() {
    synchronized (lock) {
      return stopped;
    }
  }

  void requireOpen() {
    synchronized (lock) {
      if (closed) {
        throw new IllegalStateException("the run is closed");
      }
    }
  }

  void add(D device, Supplier<CompletableFuture<T>> call) {
    synchronized (lock) {
      waiting.add(new Ask<>(device, call, 0, null));
    }
    begin();
  }

  @Nullable FleetResult<D, T> poll() {
    synchronized (lock) {
      return results.poll();
    }
  }

  /** Waits for a result or for the end of a pause. */
  void await() throws InterruptedException {
    // A pause may have ended while no result was taken.
    begin();
    CompletableFuture<Void> change;
    long pause;
    synchronized (lock) {
      change = news;
      pause = waiting.isEmpty() ? 0 : pace.pauseLeft(time.nanoTime());
      if (closed || !results.isEmpty() || (slotsTaken == 0 && pause <= 0)) {
        return;
      }
    }
    if (pause > 0) {
      time.sleep(Duration.ofNanos(pause), change);
      return;
    }
    try {
      change.get();
    } catch (ExecutionException e) {
      throw new AssertionError("never completed exceptionally", e);
    }
  }

  /** Cancels the calls in progress and drops the waiting ones. */
  void close() {
    List<CompletableFuture<T>> cancelled;
    synchronized (lock) {
      closed = true;
      waiting.clear();
      results.clear();
      cancelled = List.copyOf(underWay.values());
      underWay.clear();
      tell();
    }
    cancelled.forEach(call -> call.cancel(true));
  }

  /** Begins as many calls as the concurrency allows. */
  private void begin() {
    while (true) {
      Ask<D, T> ask;
      long epoch;
      synchronized (lock) {
        if (closed || slotsTaken >= pace.window() || pace.pauseLeft(time.nanoTime()) > 0) {
          return;
        }
        ask = waiting.poll();
        if (ask == null) {
          return;
        }
        slotsTaken++;
        epoch = pace.epoch();
      }
      begin(ask, epoch);
    }
  }

  private void begin(Ask<D, T> ask, long epoch) {
    CompletableFuture<T> call;
    try {
      call = ask.call().get();
    } catch (RuntimeException | Error e) {
      refused(ask, e);
      return;
    }
    boolean late;
    synchronized (lock) {
      late = closed;
      if (!late) {
        underWay.put(ask, call);
      }
    }
    if (late) {
      call.cancel(true);
    }
    Future<?> unused = call.whenComplete((value, failure) -> ended(ask, epoch, value, failure));
  }

  /** Stops the run: a setting is missing or the client is closed, so that no call was sent. */
  private void refused(Ask<D, T> ask, Throwable refusal) {
    synchronized (lock) {
      slotsTaken--;
      if (ask.refusal() != null) {
        waiting.addFirst(ask); // The stop adds its result.
      }
      stop(done -> unchecked(refusal));
      tell();
    }
  }

  private void ended(Ask<D, T> ask, long epoch, @Nullable T value, @Nullable Throwable failure) {
    synchronized (lock) {
      slotsTaken--;
      underWay.remove(ask);
      if (closed) {
        return;
      }
      var cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
      if (cause instanceof ApiException apiFailure) {
        failed(ask, epoch, apiFailure);
      } else if (cause != null) {
        // The caller's code has thrown: an interceptor, or the work of runAsync.
        stop(done -> unchecked(cause));
      } else {
        pace.answered();
        results.add(new FleetResult<>(ask.device(), value, null));
      }
      tell();
    }
    begin();
  }

  private void failed(Ask<D, T> ask, long epoch, ApiException failure) {
    var verdict = FailureScope.of(failure);
    if (verdict == FailureScope.TOO_FAST
        && stopped == null
        && pace.slowDown(epoch, failure.retryAfter(), time.nanoTime())
        && ask.refusals() < MOST_REFUSALS) {
      waiting.addFirst(ask.again(failure));
      return;
    }
    results.add(new FleetResult<>(ask.device(), null, failure));
    if (verdict == FailureScope.UNCLEAR) {
      pace.failed();
    }
    var reason = pace.reasonToStop(verdict);
    if (reason != null) {
      stop(done -> new FleetStoppedException(reason, done, failure));
    }
  }

  private void stop(Stop reason) {
    if (stopped == null) {
      stopped = reason;
      for (var ask : waiting) {
        if (ask.refusal() != null) {
          results.add(new FleetResult<>(ask.device(), null, ask.refusal()));
        }
      }
      waiting.clear();
    }
  }

  private void tell() {
    var told = news;
    news = new CompletableFuture<>();
    told.complete(null);
  }

  private static RuntimeException unchecked(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
  }
}
