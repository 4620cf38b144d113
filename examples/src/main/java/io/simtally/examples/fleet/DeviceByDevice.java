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
import java.util.function.Predicate;
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

  // Nor with this many in a row that could as well be an outage.
  private static final int SERVER_ERRORS_TO_GIVE_UP = 20;

  private final List<Device> devices;
  private final DeviceCall call;
  private final Predicate<ApiException> ofOneDevice;
  private final Runnable onClose;

  /** Asks a carrier about one device. */
  interface DeviceCall {
    List<UsageRecord> usage(Device device, Period period);
  }

  /**
   * A source that asks about these devices. A wrong request (400) and an unknown device (404)
   * concern that device alone, all other failures the carrier.
   *
   * @param onClose closes the client
   */
  DeviceByDevice(List<Device> devices, DeviceCall call, Runnable onClose) {
    this(devices, call, DeviceByDevice::isAboutTheDevice, onClose);
  }

  /**
   * A source that asks about these devices.
   *
   * @param ofOneDevice whether a failure concerns that device alone
   * @param onClose closes the client
   */
  DeviceByDevice(
      List<Device> devices,
      DeviceCall call,
      Predicate<ApiException> ofOneDevice,
      Runnable onClose) {
    this.devices = List.copyOf(devices);
    this.call = call;
    this.ofOneDevice = ofOneDevice;
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
    Answers answers = new Answers(sink, ofOneDevice);
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

  /** Whether a provider means the device: all call an unknown one a wrong request. */
  static boolean isAboutTheDevice(ApiException refusal) {
    return refusal.kind() == ApiException.Kind.INVALID_REQUEST
        || refusal.kind() == ApiException.Kind.NOT_FOUND;
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
    private final Predicate<ApiException> ofOneDevice;
    private boolean any;
    private int refusals;
    private int serverErrorsInARow;
    private @Nullable RuntimeException firstRefusal;
    private @Nullable Device firstRefused;

    Answers(UsageSink sink, Predicate<ApiException> ofOneDevice) {
      this.sink = sink;
      this.ofOneDevice = ofOneDevice;
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
      serverErrorsInARow = 0;
      usage.forEach(sink::record);
      sink.deviceDone();
    }

    private void refuse(Device device, RuntimeException why) {
      refusals++;
      if (firstRefusal == null) {
        firstRefusal = why;
        firstRefused = device;
      }
      serverErrorsInARow = isServerError(why) ? serverErrorsInARow + 1 : 0;
      if (!concernsOneDevice(why)) {
        throw givenUp("asked about " + device, why);
      }
      if (!any && refusals == REFUSALS_TO_GIVE_UP) {
        throw givenUp("none of the first " + refusals + " devices could be read, " + device, why);
      }
      if (serverErrorsInARow == SERVER_ERRORS_TO_GIVE_UP) {
        throw givenUp(serverErrorsInARow + " devices in a row could not be read, " + device, why);
      }
      sink.refused(device, why);
    }

    private static IllegalStateException givenUp(String when, RuntimeException why) {
      return new IllegalStateException(when + ": " + CarrierFailure.reason(why), why);
    }

    private static boolean isServerError(RuntimeException why) {
      return why instanceof ApiException answer && answer.kind() == ApiException.Kind.SERVER_ERROR;
    }

    private boolean concernsOneDevice(RuntimeException why) {
      return why instanceof IllegalArgumentException
          || (why instanceof ApiException answer && ofOneDevice.test(answer));
    }

    void requireOne() {
      if (firstRefusal != null && !any) {
        throw givenUp(
            "none of the " + refusals + " devices could be read, " + firstRefused, firstRefusal);
      }
    }
  }
}
