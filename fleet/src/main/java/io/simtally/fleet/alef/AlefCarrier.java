package io.simtally.fleet.alef;

import io.simtally.alef.Aggregation;
import io.simtally.alef.AlefConnectivity;
import io.simtally.alef.Granularity;
import io.simtally.alef.Metric;
import io.simtally.alef.Report;
import io.simtally.alef.SeriesReport;
import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.contract.CheckService;
import io.simtally.fleet.contract.CheckedCarrier;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.DeviceReading;
import io.simtally.fleet.source.EnvironmentCarrier;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.fleet.source.SourceSettings;
import io.simtally.fleet.source.UsageSource;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Alef: reads one subscriber at a time; without listed subscribers, the sum of the account. */
public final class AlefCarrier extends EnvironmentCarrier implements CheckedCarrier {
  private static final String PROVIDER = "alef-connectivity";
  private static final String OPERATION = "POST /connectivity/v1/report";
  private static final String KIND = "msisdn";
  private static final String ACCOUNT_ID = "ALEF_ACCOUNT_ID";
  private static final List<List<String>> VARIABLES = List.of(List.of("ALEF_API_KEY", ACCOUNT_ID));
  private static final String SETTLE_REASON =
      "the page does not say that figures change; three days are assumed"
          + " (https://docs.alefedge.com/reporting/)";

  private final Map<String, String> environment;

  /**
   * Creates the carrier.
   *
   * @param environment the variables of the client
   */
  public AlefCarrier(Map<String, String> environment) {
    super("Alef", PROVIDER, VARIABLES, environment);
    this.environment = environment;
    // A missing jar must fail here, not when a source is opened.
    AlefConnectivity.builder();
  }

  @Override
  public void check(Device device) {
    if (!device.kind().equals(KIND)) {
      throw new IllegalArgumentException(device + ": " + PROVIDER + " asks for the kind msisdn");
    }
  }

  @Override
  public boolean reportsPerDevice() {
    return false;
  }

  @Override
  public String settleReason() {
    return SETTLE_REASON;
  }

  @Override
  public CheckService checkService() {
    return new AlefService(this);
  }

  @Override
  public UsageSource open(ListedDevices listed, SourceSettings settings) {
    var accountId = environment.getOrDefault(ACCOUNT_ID, "");
    if (accountId.isBlank()) {
      throw new IllegalStateException("the account is missing: set " + ACCOUNT_ID);
    }
    return new Source(
        settings.on(AlefConnectivity.builder()).environment(environment).build(),
        accountId,
        listed.has(PROVIDER) ? listed.of(PROVIDER) : null);
  }

  private final class Source extends CarrierSource {
    private final AlefConnectivity client;
    private final String accountId;
    private final @Nullable Iterable<Device> listed;

    Source(AlefConnectivity client, String accountId, @Nullable Iterable<Device> listed) {
      super(client::close);
      this.client = client;
      this.accountId = accountId;
      this.listed = listed;
    }

    @Override
    public Iterable<Device> devices(DayRange days) {
      return listed == null ? List.of(Device.ACCOUNT) : listed;
    }

    @Override
    public CompletableFuture<List<UsageRecord>> read(Device device, DayRange days) {
      var reading = new DeviceReading(PROVIDER, OPERATION, device, days);
      return reading.records(() -> report(device, days), report -> records(reading, report));
    }

    private CompletableFuture<Report> report(Device device, DayRange days) {
      var bytes =
          device.isAccount()
              ? client
                  .report()
                  .account(accountId)
                  .metric(Metric.UPLINK_BYTES, Aggregation.COUNT)
                  .metric(Metric.DOWNLINK_BYTES, Aggregation.COUNT)
              : client.subscriberByteUsage(accountId, device.id());
      return bytes
          // Alef counts whole days in UTC. A range that begins and ends on one has no part of a
          // day.
          .between(days.start().atOffset(ZoneOffset.UTC), days.end().atOffset(ZoneOffset.UTC))
          .granularity(Granularity.DAY)
          .executeAsync();
    }

    private List<UsageRecord> records(DeviceReading reading, Report report) {
      var device = reading.device();
      requireSubscriber(reading, report);
      if (!(report instanceof SeriesReport series)) {
        throw reading.unreadable("the request was for days, the response has one value");
      }
      requireWholeDays(reading, series);
      return series.usageRecords(device.isAccount() ? accountId : device.subject()).stream()
          .filter(day -> reading.days().contains(day.start()))
          .toList();
    }

    /** Alef repeats the subscriber that was asked for, as a number without leading zeros. */
    private static void requireSubscriber(DeviceReading reading, Report report) {
      var answered = report.dimensions().get(KIND);
      if (!reading.device().isAccount()
          && answered != null
          && !significant(answered).equals(significant(reading.device().id()))) {
        throw reading.unreadable("the response is about msisdn " + answered);
      }
    }

    private static String significant(String msisdn) {
      return msisdn.replaceFirst("^[+0]+", "");
    }

    /**
     * Time stamps are the ends of days, so that those of the range are from its second midnight to
     * its end. The stamp of the first midnight, for the day before, is a documented neighbour: in
     * the samples the first and the last bucket lie partly outside of the range.
     */
    private static void requireWholeDays(DeviceReading reading, SeriesReport series) {
      var uplink = stamps(series, Metric.UPLINK_BYTES);
      var downlink = stamps(series, Metric.DOWNLINK_BYTES);
      var all = new TreeSet<>(uplink);
      all.addAll(downlink);
      for (var stamp : all) {
        if (!stamp.equals(stamp.truncatedTo(ChronoUnit.DAYS))) {
          throw reading.unreadable(
              "the request was for days in UTC, which end at midnight, a value is of " + stamp);
        }
        if (stamp.isBefore(reading.days().start()) || stamp.isAfter(reading.days().end())) {
          throw reading.unreadable(
              "the request was for " + reading.days() + ", a value is of " + stamp);
        }
        if (!uplink.contains(stamp) || !downlink.contains(stamp)) {
          throw reading.unreadable(
              "at "
                  + stamp
                  + " the response has no value of "
                  + (uplink.contains(stamp) ? Metric.DOWNLINK_BYTES : Metric.UPLINK_BYTES));
        }
      }
    }

    private static Set<Instant> stamps(SeriesReport series, Metric metric) {
      var stamps = new TreeSet<Instant>();
      series
          .series(metric, Aggregation.COUNT)
          .forEach(point -> stamps.add(point.timeStamp().toInstant()));
      return stamps;
    }
  }
}
