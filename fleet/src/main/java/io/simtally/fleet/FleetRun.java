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
 * One run over a fleet: a result for each device, as it is done. For one thread, but for {@link
 * #close()}; no thread is made for it.
 *
 * <p>What is held in memory does not grow with the fleet: at most four times as many devices and
 * results as are asked about at once. A slow program slows the run down.
 *
 * <p>A provider that answers 429 is asked more slowly, and about the same devices again. The
 * iteration ends with an exception, and only when every device that was asked about has a result:
 *
 * <ul>
 *   <li>with {@link FleetStoppedException} where going on would fail for the others as well: a
 *       credential is refused, 429 is answered however slowly it is asked, or the failures that are
 *       not a single device's outnumber the answers by 25
 *   <li>with what the list of devices, or the function that makes a request, throws
 *   <li>with {@link IllegalStateException} or {@link IllegalArgumentException} where a request
 *       lacks a setting, or its client is closed
 * </ul>
 *
 * <p>An interrupt of the iterating thread closes the run, with {@link CancellationException} and
 * the flag kept.
 *
 * @param <D> what a device is to the program
 * @param <T> what an answer is read into
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

  /** {@return the results; another iterator goes on where the last one was left} */
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

  /** {@return the results as a sequential stream, which closes the run when it is closed} */
  public Stream<FleetResult<D, T>> stream() {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(iterator(), Spliterator.NONNULL), false)
        .onClose(this::close);
  }

  /**
   * Cancels what is under way; may be called by any thread, and more than once. Who iterates then
   * gets an {@link IllegalStateException}.
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

  /** Each result makes room for one more device, so that a slow program does not idle the calls. */
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
      // The devices before have their results first.
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
