package io.simtally.examples.fleet;

import io.simtally.core.UsageRecord;
import io.simtally.iotx.IotxAnalytics;
import io.simtally.simulator.IotxSimulator;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** IoT-X Analytics: all subscribers at once, one day after the other. */
final class IotxCarrier implements Carrier {

  private final Map<String, String> environment;

  IotxCarrier(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public String name() {
    return "IoT-X Analytics";
  }

  @Override
  public String provider() {
    return "iotx-analytics";
  }

  @Override
  public List<List<String>> credentials() {
    return List.of(List.of("IOTX_TOKEN"));
  }

  @Override
  public void check(Device device) {
    throw new IllegalArgumentException(
        device + ": " + provider() + " reports all its subscribers and takes no devices");
  }

  @Override
  public UsageSource open(List<Device> devices) {
    return new Source(IotxAnalytics.fromEnv(environment));
  }

  @Override
  public UsageSource simulate(int devices, Period period) {
    IotxSimulator simulator =
        IotxSimulator.builder().subscribers(devices).days(period.from(), period.to()).build();
    return SimulatedSource.open(
        simulator.start(),
        url -> new Source(IotxAnalytics.builder().baseUrl(url).token(simulator.token()).build()));
  }

  private record Source(IotxAnalytics client) implements UsageSource {

    @Override
    public void read(Period period, UsageSink sink) {
      for (int day = 0; day < period.days(); day++) {
        usage(period.date(day)).forEach(sink::record);
      }
    }

    @Override
    public void close() {
      client.close();
    }

    private List<UsageRecord> usage(LocalDate day) {
      OffsetDateTime midnight = day.atStartOfDay().atOffset(ZoneOffset.UTC);
      // Whether IoT-X includes the end is nowhere said. Its samples have data in buckets of half an
      // hour or more, so that a second before midnight is right in both readings.
      OffsetDateTime lastSecond = midnight.plusDays(1).minusSeconds(1);
      return client
          .dataUsageBySubscriber()
          .startDate(midnight)
          .endDate(lastSecond)
          .execute()
          .usageRecords(midnight, lastSecond);
    }
  }
}
