package io.simtally.examples.fleet;

import io.simtally.core.ApiException;
import io.simtally.core.UsageRecord;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Reads a carrier that answers for one device at a time, several devices at once.
 *
 * <p>The records reach the sink in the order of the devices, each device's all together or not at
 * all. What is held in memory does not grow with the fleet.
 */
final class DeviceByDevice implements UsageSource {

  /** How many devices are asked about at the same time. */
  static final int IN_FLIGHT = 64;

  // Twice as many wait in line, so that one slow device does not idle the other threads.
  private static final int IN_LINE = 2 * IN_FLIGHT;

  // With this many refusals and not one answer, it is not the devices.
  private static final int REFUSALS_TO_GIVE_UP = 20;

  private final List<Device> devices;
  private final DeviceCall call;
  private final Runnable onClose;

  /** Asks a carrier about one device. */
  interface DeviceCall {
    List<UsageRecord> usage(Device device, Period period);
  }

  /**
   * A source that asks about these devices.
   *
   * @param onClose closes the client
   */
  DeviceByDevice(List<Device> devices, DeviceCall call, Runnable onClose) {
    this.devices = List.copyOf(devices);
    this.call = call;
    this.onClose = onClose;
  }

  @Override
  public void read(Period period, UsageSink sink) {
    if (devices.isEmpty()) {
      throw new IllegalStateException(
          "it answers for one device at a time, and no devices are listed: give --devices FILE");
    }
    sink.expect(devices.size());
    ExecutorService threads = Executors.newFixedThreadPool(IN_FLIGHT, DeviceByDevice::daemon);
    try {
      read(period, sink, threads);
    } finally {
      threads.shutdownNow();
    }
  }

  @Override
  public void close() {
    onClose.run();
  }

  private void read(Period period, UsageSink sink, ExecutorService threads) {
    Answers answers = new Answers(sink);
    Queue<Asked> line = new ArrayDeque<>(IN_LINE);
    for (Device device : devices) {
      if (line.size() == IN_LINE) {
        answers.take(line.remove());
      }
      line.add(new Asked(device, threads.submit(() -> call.usage(device, period))));
    }
    line.forEach(answers::take);
    answers.requireOne();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "fleet-report");
    thread.setDaemon(true);
    return thread;
  }

  private record Asked(Device device, Future<List<UsageRecord>> answer) {

    List<UsageRecord> await() {
      try {
        return answer.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted");
      } catch (ExecutionException e) {
        throw asUnchecked(e.getCause());
      }
    }

    private static RuntimeException asUnchecked(@Nullable Throwable cause) {
      if (cause instanceof Error error) {
        throw error;
      }
      // The call declares no checked exception, so there is no other kind.
      return (RuntimeException) Objects.requireNonNull(cause);
    }
  }

  /** Passes answers on, and judges whether refusals are still a matter of single devices. */
  private static final class Answers {

    private final UsageSink sink;
    private boolean any;
    private int refusals;
    private @Nullable RuntimeException firstRefusal;

    Answers(UsageSink sink) {
      this.sink = sink;
    }

    void take(Asked asked) {
      List<UsageRecord> usage;
      try {
        usage = asked.await();
      } catch (RuntimeException e) {
        refuse(asked.device(), e);
        return;
      }
      any = true;
      usage.forEach(sink::record);
      sink.deviceDone();
    }

    private void refuse(Device device, RuntimeException why) {
      refusals++;
      firstRefusal = firstRefusal == null ? why : firstRefusal;
      if (!concernsOneDevice(why) || (!any && refusals == REFUSALS_TO_GIVE_UP)) {
        throw why;
      }
      sink.refused(device, why);
    }

    /** A carrier calls an unknown device a wrong request; anything else would meet all devices. */
    private static boolean concernsOneDevice(RuntimeException why) {
      return why instanceof IllegalArgumentException
          || (why instanceof ApiException answer
              && (answer.kind() == ApiException.Kind.INVALID_REQUEST
                  || answer.kind() == ApiException.Kind.NOT_FOUND));
    }

    void requireOne() {
      if (firstRefusal != null && !any) {
        throw new IllegalStateException(
            "none of the "
                + refusals
                + " devices could be read, the first since: "
                + CarrierFailure.reason(firstRefusal),
            firstRefusal);
      }
    }
  }
}
