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
 * Asks about many devices: any call of any client, a bounded number of them at once, and one result
 * for each device, so that one that fails does not lose the others. Immutable and thread-safe; each
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
 * <p>The calls are asynchronous ones: they wait for their turn in the client's queues, without
 * their time running, so that a {@linkplain ClientBuilder#rateLimit rate limit} slows a run down
 * and fails nothing. At most as many are under way as the client's own {@linkplain
 * ClientBuilder#concurrency concurrency} allows.
 *
 * @param <D> what a device is to the program: an ICCID, a row of its own database
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
   * A fleet of these devices.
   *
   * @param <D> what a device is to the program
   * @param devices the devices; may be endless, is read as the run goes on, by the thread that
   *     takes the results, and is not kept
   * @return the fleet
   * @throws IllegalArgumentException if it is null
   */
  public static <D> Fleet<D> of(Iterable<? extends D> devices) {
    var given = Preconditions.present("devices", devices);
    var expected = given instanceof Collection<?> known ? (Long) (long) known.size() : null;
    return new Fleet<>(given, CONCURRENCY, expected, FleetListener.NONE, Time.SYSTEM);
  }

  /**
   * How many devices are asked about at once. 64 if not set, as for a client.
   *
   * @param devicesAtOnce how many, at least 1
   * @return a new fleet
   * @throws IllegalArgumentException if it is not positive
   */
  public Fleet<D> concurrency(int devicesAtOnce) {
    var given = (int) Preconditions.positive("concurrency", devicesAtOnce);
    return new Fleet<>(devices, given, expected, listener, time);
  }

  /**
   * How many devices there are, for the {@linkplain FleetProgress#timeLeft() time left}. The size
   * of a collection is known.
   *
   * @param devicesInAll how many devices the list has, at least 1
   * @return a new fleet
   * @throws IllegalArgumentException if it is not positive
   */
  public Fleet<D> expecting(long devicesInAll) {
    var given = Preconditions.positive("expecting", devicesInAll);
    return new Fleet<>(devices, concurrency, given, listener, time);
  }

  /**
   * Hears how far a run has come. Nothing if not set.
   *
   * @param fleetListener whom to tell
   * @return a new fleet
   * @throws IllegalArgumentException if it is null
   */
  public Fleet<D> listener(FleetListener fleetListener) {
    var given = Preconditions.present("listener", fleetListener);
    return new Fleet<>(devices, concurrency, expected, given, time);
  }

  /** The same in a time of its own. */
  Fleet<D> time(Time other) {
    return new Fleet<>(devices, concurrency, expected, listener, other);
  }

  /**
   * Asks about each device. Nothing is sent before the results are iterated over.
   *
   * @param <T> what an answer is read into; that of a paged request holds the rows of all pages
   * @param request makes a device's request; called by the thread that takes the results
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
   * Does for each device what takes several calls. Nothing is begun before the results are iterated
   * over.
   *
   * @param <T> what comes of it
   * @param work begins a device's work on a thread that must not be kept waiting, and again after a
   *     429; a failure that is no {@code ApiException} ends the run
   * @return the results, to be closed
   * @throws IllegalArgumentException if it is null
   */
  public <T> FleetRun<D, T> runAsync(Function<? super D, CompletableFuture<T>> work) {
    Preconditions.present("work", work);
    return new FleetRun<>(
        devices, device -> () -> work.apply(device), concurrency, expected, listener, time);
  }

  @SuppressWarnings("unchecked") // The pages of a request are of the type that it executes to.
  private static <T> Supplier<CompletableFuture<T>> answer(ApiRequest<T, ?> request) {
    return request instanceof PagedRequest<?, ?, ?> paged
        ? () -> (CompletableFuture<T>) paged.executeAllAsync()
        : request::executeAsync;
  }
}
