package io.simtally.examples.fleet;

import io.simtally.alef.Aggregation;
import io.simtally.alef.AlefConnectivity;
import io.simtally.alef.Granularity;
import io.simtally.alef.Metric;
import io.simtally.alef.ReportRequest;
import io.simtally.core.UsageRecord;
import io.simtally.simulator.AlefSimulator;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Alef: the days of one subscriber at a time; of the whole account, if none are listed. */
final class AlefCarrier implements Carrier {

  private static final String ACCOUNT_ID = "ALEF_ACCOUNT_ID";

  private final Map<String, String> environment;

  AlefCarrier(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public String name() {
    return "Alef";
  }

  @Override
  public String provider() {
    return "alef-connectivity";
  }

  @Override
  public List<List<String>> credentials() {
    return List.of(List.of("ALEF_API_KEY", ACCOUNT_ID));
  }

  @Override
  public void check(Device device) {
    if (!device.kind().equals("msisdn")) {
      throw new IllegalArgumentException(device + ": " + provider() + " asks for the kind msisdn");
    }
  }

  @Override
  public UsageSource open(List<Device> devices) {
    String account = environment.getOrDefault(ACCOUNT_ID, "");
    if (account.isBlank()) {
      throw new IllegalStateException("the account is missing: set " + ACCOUNT_ID);
    }
    AlefConnectivity client = AlefConnectivity.fromEnv(environment);
    return devices.isEmpty()
        ? new WholeAccount(client, account)
        : subscribers(client, account, devices);
  }

  @Override
  public UsageSource simulate(int devices, Period period) {
    AlefSimulator simulator =
        AlefSimulator.builder().subscribers(devices).days(period.from(), period.to()).build();
    List<Device> simulated =
        simulator.subscribers().stream()
            .map(subscriber -> new Device("msisdn", subscriber.msisdn()))
            .toList();
    return SimulatedSource.open(
        simulator.start(),
        url -> subscribers(client(simulator, url), simulator.accountId(), simulated));
  }

  private static AlefConnectivity client(AlefSimulator simulator, String url) {
    return AlefConnectivity.builder().baseUrl(url).apiKey(simulator.apiKey()).build();
  }

  private static UsageSource subscribers(
      AlefConnectivity client, String account, List<Device> devices) {
    return new DeviceByDevice(
        devices,
        (device, period) ->
            days(client.subscriberByteUsage(account, device.id()), period, device.id()),
        client::close);
  }

  /** By whole days of UTC, as Alef counts them: a range may then begin and end on one. */
  private static List<UsageRecord> days(ReportRequest bytes, Period period, String subject) {
    return bytes
        .between(period.start().atOffset(ZoneOffset.UTC), period.end().atOffset(ZoneOffset.UTC))
        .granularity(Granularity.DAY)
        .execute()
        .usageRecords(subject);
  }

  /** The account as one subject, where nobody told its subscribers. */
  private record WholeAccount(AlefConnectivity client, String account) implements UsageSource {

    @Override
    public void read(Period period, UsageSink sink) {
      sink.wholeAccount();
      ReportRequest bytes =
          client
              .report()
              .account(account)
              .metric(Metric.UPLINK_BYTES, Aggregation.COUNT)
              .metric(Metric.DOWNLINK_BYTES, Aggregation.COUNT);
      days(bytes, period, account).forEach(sink::record);
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
