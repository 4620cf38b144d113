package io.simtally.fleet.iotx;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.contract.CheckService;
import io.simtally.fleet.contract.CheckedCarrier;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.DeviceReading;
import io.simtally.fleet.source.EnvironmentCarrier;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.fleet.source.Ranges;
import io.simtally.fleet.source.SourceSettings;
import io.simtally.fleet.source.UsageSource;
import io.simtally.iotx.IotxAnalytics;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** IoT-X Analytics: reads all subscribers of the account at once, day by day. */
public final class IotxCarrier extends EnvironmentCarrier implements CheckedCarrier {
  private static final String PROVIDER = "iotx-analytics";
  private static final String OPERATION = "GET /analytics/data-usage-by-subscriber";
  private static final List<List<String>> VARIABLES = List.of(List.of("IOTX_TOKEN"));

  private static final String SETTLE_REASON =
      "the specification does not say that figures change; three days are assumed"
          + " (https://help.iot-x.com/api/reference/api-4-0-reference-documentation/4-0-analytics)";

  /** IoT-X counts the usage of a subscriber in one number for the whole range. */
  private static final int DAYS_AT_ONCE = 1;

  private final Map<String, String> environment;

  /**
   * Creates the carrier.
   *
   * @param environment the variables of the client
   */
  public IotxCarrier(Map<String, String> environment) {
    super("IoT-X Analytics", PROVIDER, VARIABLES, environment);
    this.environment = environment;
    // A missing jar must fail here, not when a source is opened.
    IotxAnalytics.builder();
  }

  @Override
  public void check(Device device) {
    throw new IllegalArgumentException(
        device + ": " + PROVIDER + " reports all its subscribers and takes no devices");
  }

  @Override
  public int daysAtOnce() {
    return DAYS_AT_ONCE;
  }

  @Override
  public String settleReason() {
    return SETTLE_REASON;
  }

  @Override
  public CheckService checkService() {
    return new IotxService(this);
  }

  @Override
  public UsageSource open(ListedDevices listed, SourceSettings settings) {
    return new Source(settings.on(IotxAnalytics.builder()).environment(environment).build());
  }

  private final class Source extends CarrierSource {
    private final IotxAnalytics client;

    Source(IotxAnalytics client) {
      super(client::close);
      this.client = client;
    }

    @Override
    public Iterable<Device> devices(DayRange days) {
      return List.of(Device.ACCOUNT);
    }

    @Override
    public CompletableFuture<List<UsageRecord>> read(Device device, DayRange days) {
      return Ranges.each(days.each(), this::usage);
    }

    private CompletableFuture<List<UsageRecord>> usage(LocalDate day) {
      var midnight = day.atStartOfDay().atOffset(ZoneOffset.UTC);
      // The specification does not say whether the end is included. Its samples have buckets of
      // half
      // an hour or more, so that a second before midnight is right either way.
      var lastSecond = midnight.plusDays(1).minusSeconds(1);
      var reading = new DeviceReading(PROVIDER, OPERATION, Device.ACCOUNT, DayRange.of(day));
      return reading.records(
          client.dataUsageBySubscriber().startDate(midnight).endDate(lastSecond)::executeAsync,
          usage -> named(reading, usage.usageRecords(midnight, lastSecond)));
    }

    /** The subject of a whole account is reserved, and a blank one names no subscriber. */
    private static List<UsageRecord> named(DeviceReading reading, List<UsageRecord> records) {
      for (var record : records) {
        if (record.subject().isBlank() || record.subject().equals(Device.ACCOUNT.id())) {
          throw reading.unreadable(
              "the response has %s bytes of a subscriber that is named '%s'"
                  .formatted(record.totalBytes(), record.subject()));
        }
      }
      return records;
    }
  }
}
