package io.simtally.examples.fleet;

import static io.simtally.examples.fleet.FakeCarrier.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.core.UsageRecord;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class DeviceByDeviceTest {

  private static final String DAY = "2026-03-01T00:00:00Z";

  private final Period period =
      new Period(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-01"));
  private final Sink sink = new Sink();

  @Test
  void deliversInTheOrderOfTheDevicesWhateverAnswersFirst() {
    CountDownLatch secondAnswered = new CountDownLatch(1);
    read(
        devices(300),
        (device, days) -> {
          if (device.id().equals("0")) {
            await(secondAnswered);
          }
          if (device.id().equals("1")) {
            secondAnswered.countDown();
          }
          return List.of(usage(device.id(), DAY, 1), usage(device.id(), DAY, 2));
        });

    assertThat(sink.expected).isEqualTo(300);
    assertThat(sink.done).isEqualTo(300);
    assertThat(sink.records)
        .extracting(UsageRecord::subject)
        .containsExactlyElementsOf(
            IntStream.range(0, 600).mapToObj(i -> Integer.toString(i / 2)).toList());
  }

  @Test
  void asksAboutSixtyFourDevicesAtOnceAndNoMore() {
    CountDownLatch full = new CountDownLatch(DeviceByDevice.IN_FLIGHT);
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    read(
        devices(1_000),
        (device, days) -> {
          most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
          full.countDown();
          await(full);
          inFlight.decrementAndGet();
          return List.of();
        });

    assertThat(sink.done).isEqualTo(1_000);
    assertThat(most).hasValue(64);
  }

  @Test
  void goesOnWhenTheCarrierRefusesOneDevice() {
    read(
        devices(50),
        (device, days) -> {
          if (device.id().equals("7")) {
            throw new IllegalArgumentException("no such device");
          }
          return List.of(usage(device.id(), DAY, 1));
        });

    assertThat(sink.refused).containsExactly("imei 7: no such device");
    assertThat(sink.records).hasSize(49);
  }

  @Test
  void stopsAtAFailureThatIsNotTheDevices() {
    AtomicInteger calls = new AtomicInteger();

    assertThatThrownBy(
            () ->
                read(
                    devices(10_000),
                    (device, days) -> {
                      if (calls.incrementAndGet() > 100) {
                        throw new IllegalStateException("login refused");
                      }
                      return List.of();
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching("asked about imei \\d+: login refused");
    assertThat(calls.get()).isLessThan(500);
  }

  @Test
  void givesUpWhenNothingButRefusalsComesBack() {
    AtomicInteger calls = new AtomicInteger();

    assertThatThrownBy(
            () ->
                read(
                    devices(10_000),
                    (device, days) -> {
                      calls.incrementAndGet();
                      throw new IllegalArgumentException("bad account");
                    }))
        .hasMessageContaining("none of the first 20 devices could be read, imei 19: bad account");
    assertThat(calls.get()).isLessThan(500);
  }

  @Test
  void failsWhenNoDeviceCouldBeRead() {
    assertThatThrownBy(
            () ->
                read(
                    devices(3),
                    (device, days) -> {
                      throw new IllegalArgumentException("no such device");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("none of the 3 devices could be read")
        .hasMessageContaining("no such device");
  }

  @Test
  void passesOnAnErrorOfTheMachine() {
    assertThatThrownBy(
            () ->
                read(
                    devices(3),
                    (device, days) -> {
                      throw new OutOfMemoryError("heap");
                    }))
        .isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void saysThatDevicesMustBeListed() {
    assertThatThrownBy(() -> read(List.of(), (device, days) -> List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("--devices FILE");
  }

  private void read(List<Device> devices, DeviceByDevice.DeviceCall call) {
    try (UsageSource source = new DeviceByDevice(devices, call, () -> {})) {
      source.read(period, sink);
    }
  }

  private static List<Device> devices(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Device("imei", Integer.toString(i)))
        .toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Sink implements UsageSink {

    private final List<UsageRecord> records = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private int expected;
    private int done;

    @Override
    public void expect(int devices) {
      expected = devices;
    }

    @Override
    public void record(UsageRecord record) {
      records.add(record);
    }

    @Override
    public void wholeAccount() {}

    @Override
    public void note(String sentence) {}

    @Override
    public void deviceDone() {
      done++;
    }

    @Override
    public void refused(Device device, RuntimeException why) {
      refused.add(device + ": " + why.getMessage());
    }
  }
}
