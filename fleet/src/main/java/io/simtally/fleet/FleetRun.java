package io.simtally.fleet;

import io.simtally.core.Page;
import io.simtally.core.internal.Preconditions;
import io.simtally.core.internal.Time;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * One run over a fleet. Iterating returns the result of each device as soon as it is there. For one
 * thread, except for {@link #close()}; a run creates no thread.
 *
 * <p>Memory does not grow with the fleet: a run holds at most four times as many devices and
 * results as there are concurrent calls. A slow program slows the run down.
 *
 * <p>After a 429 the run sends fewer calls, and repeats the call of the device. The iteration ends
 * with an exception, and only after the results of all devices that were asked about:
 *
 * <ul>
 *   <li>with {@link FleetStoppedException} if the remaining devices would fail as well: a
 *       credential is refused, the provider answers 429 at any rate, or failures that do not
 *       concern a single device outnumber the responses by 25
 *   <li>with the exception of the list of devices or of the function that creates a request
 *   <li>with {@link IllegalStateException} or {@link IllegalArgumentException} if a request lacks a
 *       setting or its client is closed
 * </ul>
 *
 * <p>An interrupt of the iterating thread closes the run, with {@link CancellationException} and
 * the flag kept.
 *
 * @param <D> the type of a device
 * @param <T> the type of a response
 */
public final class FleetRun<D, T> implements Iterable<FleetResult<D, T>>, AutoCloseable {
  private final Function<? super D, Supplier<CompletableFuture<T>>> calling;
  private final @Nullable Long expected;
  private final FleetListener listener;
  private final Time time;
  private final CallWindow<D, T> calls;
  private final Iterable<? extends D> list;

  private @Nullable Iterator<? extends D> devices;
  private @Nullable FleetResult<D, T> upcoming;
  private @Nullable Throwable ended;
  private boolean exhausted;
  private long started;
  private long done;
  private long failed;
  private long rows;

  FleetRun(
      Iterable<? extends D> list,
      Function<? super D, Supplier<CompletableFuture<T>>> calling,
      int concurrency,
      @Nullable Long expected,
      FleetListener listener,
      Time time) {
    this.list = list;
    this.calling = calling;
    this.expected = expected;
    this.listener = listener;
    this.time = time;
    this.calls = new CallWindow<>(concurrency, time);
  }

  /** {@return the results; another iterator continues where the last one stopped} */
  @Override
  public Iterator<FleetResult<D, T>> iterator() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return isResultThere();
      }

      @Override
      public FleetResult<D, T> next() {
        return take();
      }
    };
  }

  /** {@return the results as a sequential stream; closing the stream closes the run} */
  public Stream<FleetResult<D, T>> stream() {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(iterator(), Spliterator.NONNULL), false)
        .onClose(this::close);
  }

  /**
   * Cancels the calls in progress. Can be called by any thread, and more than once. Iterating
   * throws {@link IllegalStateException} afterwards.
   */
  @Override
  public void close() {
    calls.close();
  }

  private boolean isResultThere() {
    while (upcoming == null) {
      calls.requireOpen();
      if (Thread.currentThread().isInterrupted()) {
        throw interrupted();
      }
      askOneMore();
      var result = calls.poll();
      if (result != null) {
        count(result);
        upcoming = result;
      } else if (calls.isIdle() && isListDone()) {
        end();
        return false;
      } else if (isListDone() || calls.isFull()) {
        await();
      }
    }
    return true;
  }

  private FleetResult<D, T> take() {
    if (!isResultThere() || upcoming == null) {
      throw new NoSuchElementException("every device has its result");
    }
    var result = upcoming;
    listener.progressed(
        new FleetProgress(
            done, failed, rows, expected, Duration.ofNanos(time.nanoTime() - started)));
    upcoming = null;
    return result;
  }

  /** Adds one device per result, so that calls proceed while the program is slow. */
  private void askOneMore() {
    if (isListDone() || calls.isFull()) {
      return;
    }
    try {
      if (devices == null) {
        started = time.nanoTime();
        devices = list.iterator();
      }
      if (!devices.hasNext()) {
        exhausted = true;
        return;
      }
      var device = Preconditions.present("device", devices.next());
      calls.add(device, calling.apply(device));
    } catch (RuntimeException | Error e) {
      // The results of the devices before come first.
      ended = e;
    }
  }

  private boolean isListDone() {
    return exhausted || ended != null || calls.stopped() != null;
  }

  private void end() {
    var stopped = calls.stopped();
    if (stopped != null) {
      throw stopped.exception(done);
    }
    if (ended instanceof RuntimeException failure) {
      throw failure;
    }
    if (ended instanceof Error error) {
      throw error;
    }
  }

  private void await() {
    try {
      calls.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted();
    }
  }

  private CancellationException interrupted() {
    close();
    return new CancellationException("interrupted: the run is closed");
  }

  private void count(FleetResult<D, T> result) {
    done++;
    failed += result.failure() == null ? 0 : 1;
    rows += rows(result.value());
  }

  private static long rows(@Nullable Object value) {
    if (value instanceof Page<?> page) {
      return page.items().size();
    }
    if (value instanceof Collection<?> list) {
      return list.size();
    }
    return value == null ? 0 : 1;
  }
}
