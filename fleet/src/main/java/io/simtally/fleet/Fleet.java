package io.simtally.fleet;

import io.simtally.core.ApiRequest;
import io.simtally.core.ClientBuilder;
import io.simtally.core.PagedRequest;
import io.simtally.core.internal.Preconditions;
import io.simtally.core.internal.Time;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends any request of any client for many devices, a bounded number at once. Each device has one
 * result, so that a failure does not affect the other devices. Immutable and thread-safe; each
 * setter returns a new fleet.
 *
 * <pre>{@code
 * try (var run = Fleet.of(iccids).run(iccid -> mason.seriesSimUsage(iccid).start(from).end(to))) {
 *   for (var result : run) {
 *     if (result.failure() == null) {
 *       add(result.device(), result.orThrow().items());
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>The calls are asynchronous. The timeout of a call begins when it leaves the client's queues,
 * so that a {@linkplain ClientBuilder#rateLimit rate limit} slows a run down and fails nothing. The
 * client's own {@linkplain ClientBuilder#concurrency concurrency} also bounds the concurrent calls.
 *
 * @param <D> the type of a device: an ICCID, a row of the program's database
 */
public final class Fleet<D> {
  private static final int CONCURRENCY = 64;

  private final Iterable<? extends D> devices;
  private final int concurrency;
  private final @Nullable Long expected;
  private final FleetListener listener;
  private final Time time;

  private Fleet(
      Iterable<? extends D> devices,
      int concurrency,
      @Nullable Long expected,
      FleetListener listener,
      Time time) {
    this.devices = devices;
    this.concurrency = concurrency;
    this.expected = expected;
    this.listener = listener;
    this.time = time;
  }

  /**
   * Creates a fleet.
   *
   * @param <D> the type of a device
   * @param devices the devices, possibly endless; read during the run by the thread that takes the
   *     results, and not kept
   * @return the fleet
   * @throws IllegalArgumentException if it is null
   */
  public static <D> Fleet<D> of(Iterable<? extends D> devices) {
    var given = Preconditions.present("devices", devices);
    var expected = given instanceof Collection<?> known ? (Long) (long) known.size() : null;
    return new Fleet<>(given, CONCURRENCY, expected, FleetListener.NONE, Time.SYSTEM);
  }

  /**
   * Sets the number of concurrent calls. The default is 64, as for a client.
   *
   * @param devicesAtOnce the number, at least 1
   * @return a new fleet
   * @throws IllegalArgumentException if it is not positive
   */
  public Fleet<D> concurrency(int devicesAtOnce) {
    var given = (int) Preconditions.positive("concurrency", devicesAtOnce);
    return new Fleet<>(devices, given, expected, listener, time);
  }

  /**
   * Sets the number of all devices, for the {@linkplain FleetProgress#timeLeft() time left}. The
   * default is the size of a collection.
   *
   * @param devicesInAll the number, at least 1
   * @return a new fleet
   * @throws IllegalArgumentException if it is not positive
   */
  public Fleet<D> expecting(long devicesInAll) {
    var given = Preconditions.positive("expecting", devicesInAll);
    return new Fleet<>(devices, concurrency, given, listener, time);
  }

  /**
   * Sets the listener.
   *
   * @param fleetListener receives the progress
   * @return a new fleet
   * @throws IllegalArgumentException if it is null
   */
  public Fleet<D> listener(FleetListener fleetListener) {
    var given = Preconditions.present("listener", fleetListener);
    return new Fleet<>(devices, concurrency, expected, given, time);
  }

  /** Sets the clock and the sleeper, for tests. */
  Fleet<D> time(Time other) {
    return new Fleet<>(devices, concurrency, expected, listener, other);
  }

  /**
   * Sends one request per device. Nothing is sent before the results are iterated.
   *
   * @param <T> the type of a response; for a paged request it has the rows of all pages
   * @param request creates the request of a device; called by the thread that takes the results
   * @return the results, to be closed
   * @throws IllegalArgumentException if it is null
   */
  public <T> FleetRun<D, T> run(Function<? super D, ? extends ApiRequest<T, ?>> request) {
    Preconditions.present("request", request);
    return new FleetRun<>(
        devices,
        device -> answer(Preconditions.present("request", request.apply(device))),
        concurrency,
        expected,
        listener,
        time);
  }

  /**
   * Runs work of several calls per device. Nothing begins before the results are iterated.
   *
   * @param <T> the type of a result
   * @param work begins the work of a device without blocking, and once more after a 429; a failure
   *     other than {@code ApiException} ends the run
   * @return the results, to be closed
   * @throws IllegalArgumentException if it is null
   */
  public <T> FleetRun<D, T> runAsync(Function<? super D, CompletableFuture<T>> work) {
    Preconditions.present("work", work);
    return new FleetRun<>(
        devices, device -> () -> work.apply(device), concurrency, expected, listener, time);
  }

  @SuppressWarnings("unchecked") // A page has the type that its request executes to.
  private static <T> Supplier<CompletableFuture<T>> answer(ApiRequest<T, ?> request) {
    return request instanceof PagedRequest<?, ?, ?> paged
        ? () -> (CompletableFuture<T>) paged.executeAllAsync()
        : request::executeAsync;
  }
}
