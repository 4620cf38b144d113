package io.simtally.fleet.alef;

import io.simtally.alef.Aggregation;
import io.simtally.alef.AlefConnectivity;
import io.simtally.alef.Granularity;
import io.simtally.alef.Metric;
import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.EnvironmentCarrier;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.fleet.source.SourceSettings;
import io.simtally.fleet.source.UsageSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Alef: the days of one subscriber at a time; of the whole account, if none are listed. */
public final class AlefCarrier extends EnvironmentCarrier {
  private static final String PROVIDER = "alef-connectivity";
  private static final String ACCOUNT_ID = "ALEF_ACCOUNT_ID";
  private static final List<List<String>> VARIABLES = List.of(List.of("ALEF_API_KEY", ACCOUNT_ID));

  private final Map<String, String> environment;

  public AlefCarrier(Map<String, String> environment) {
    super("Alef", PROVIDER, VARIABLES, environment);
    this.environment = environment;
    // So that a missing jar is noticed here, and not when it is opened.
    AlefConnectivity.builder();
  }

  @Override
  public void check(Device device) {
    if (!device.kind().equals("msisdn")) {
      throw new IllegalArgumentException(device + ": " + PROVIDER + " asks for the kind msisdn");
    }
  }

  @Override
  public boolean reportsPerDevice() {
    return false;
  }

  @Override
  public UsageSource open(ListedDevices listed, SourceSettings settings) {
    var account = environment.getOrDefault(ACCOUNT_ID, "");
    if (account.isBlank()) {
      throw new IllegalStateException("the account is missing: set " + ACCOUNT_ID);
    }
    return new Source(
        settings.on(AlefConnectivity.builder()).environment(environment).build(),
        account,
        listed.has(PROVIDER) ? listed.of(PROVIDER) : null);
  }

  private record Source(AlefConnectivity client, String account, @Nullable Iterable<Device> listed)
      implements UsageSource {
    @Override
    public String provider() {
      return PROVIDER;
    }

    @Override
    public Iterable<Device> devices(DayRange days) {
      return listed == null ? List.of(Device.ACCOUNT) : listed;
    }

    @Override
    public CompletableFuture<List<UsageRecord>> read(Device device, DayRange days) {
      var bytes =
          device.isAccount()
              ? client
                  .report()
                  .account(account)
                  .metric(Metric.UPLINK_BYTES, Aggregation.COUNT)
                  .metric(Metric.DOWNLINK_BYTES, Aggregation.COUNT)
              : client.subscriberByteUsage(account, device.id());
      var subject = device.isAccount() ? account : device.id();
      return bytes
          // By whole days of UTC, as Alef counts them: a range may then begin and end on one.
          .between(days.start().atOffset(ZoneOffset.UTC), days.end().atOffset(ZoneOffset.UTC))
          .granularity(Granularity.DAY)
          .executeAsync()
          .thenApply(
              report ->
                  report.usageRecords(subject).stream()
                      .filter(day -> days.contains(day.start()))
                      .toList());
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
