package io.simtally.examples.fleet;

import io.simtally.core.UsageRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;

/** A carrier that reports what a test tells it; the simulated one reports that it is simulated. */
final class FakeCarrier implements Carrier {

  private final String name;
  private final String variable;
  private final BiConsumer<List<Device>, UsageSink> reading;

  FakeCarrier(String name, String variable, BiConsumer<List<Device>, UsageSink> reading) {
    this.name = name;
    this.variable = variable;
    this.reading = reading;
  }

  /** A carrier that is on when {@code FAKE_TOKEN} is set and reports these records. */
  static FakeCarrier reporting(String name, UsageRecord... records) {
    return new FakeCarrier(
        name, "FAKE_TOKEN", (devices, sink) -> List.of(records).forEach(sink::record));
  }

  static FakeCarrier failing(String name, RuntimeException failure, UsageRecord... before) {
    return new FakeCarrier(
        name,
        "FAKE_TOKEN",
        (devices, sink) -> {
          List.of(before).forEach(sink::record);
          throw failure;
        });
  }

  static UsageRecord usage(String subject, String start, long bytes) {
    return new UsageRecord(
        "fake", subject, Instant.parse(start), Duration.ofDays(1), bytes, null, null, null);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String provider() {
    return "fake";
  }

  @Override
  public List<List<String>> credentials() {
    return List.of(List.of(variable));
  }

  @Override
  public UsageSource open(List<Device> devices) {
    return source(devices);
  }

  @Override
  public UsageSource simulate(int devices, Period of) {
    return new UsageSource() {
      @Override
      public void read(Period period, UsageSink sink) {
        sink.expect(devices);
        sink.record(
            new UsageRecord(
                "fake", "simulated-1", period.start(), null, 2_500_000, null, null, null));
      }

      @Override
      public void close() {}
    };
  }

  private UsageSource source(List<Device> devices) {
    return new UsageSource() {
      @Override
      public void read(Period period, UsageSink sink) {
        reading.accept(devices, sink);
      }

      @Override
      public void close() {}
    };
  }
}
