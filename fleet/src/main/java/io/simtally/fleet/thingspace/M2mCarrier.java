package io.simtally.fleet.thingspace;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.contract.CheckService;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.DeviceReading;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.fleet.source.Ranges;
import io.simtally.fleet.source.SourceSettings;
import io.simtally.fleet.source.UsageSource;
import io.simtally.thingspace.m2m.DailyUsage;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import io.simtally.thingspace.m2m.UsageHistoryRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** ThingSpace M2M: reads the daily usage of one device, with a record per source of a day. */
public final class M2mCarrier extends ThingSpaceCarrier {
  static final String PROVIDER = "thingspace-m2m";

  private static final String OPERATION = "POST /m2m/v1/devices/usage/actions/list";
  private static final int KEPT_MONTHS = 12;
  private static final int SETTLE_AFTER_DAYS = 7;
  private static final int EQUIPMENT_DIGITS = 14;
  private static final String SETTLE_REASON =
      "\"A Verizon Data Warehouse feed updates rated data and SMS usage daily, with unbilled,"
          + " non-roaming usage data that is usually two days in arrears. Roaming data may be updated"
          + " less frequently.\" The page does not say how much less frequently; a week is assumed"
          + " (https://thingspace.verizon.com/resources/documentation/connectivity/API_Reference/"
          + "Retrieve_Device_Usage_History/)";

  /**
   * Creates the carrier.
   *
   * @param login the user of both ThingSpace carriers
   */
  public M2mCarrier(SharedLogin login) {
    super("ThingSpace M2M", PROVIDER, OPERATION, login);
    // A missing jar must fail here, not when a source is opened.
    ThingSpaceM2m.builder();
  }

  @Override
  public String deviceRequirement() {
    return "its devices";
  }

  @Override
  public boolean isWanted(ListedDevices listed) {
    // With Hyper-Precise devices alone, the credentials are meant for Hyper-Precise.
    return listed.has(PROVIDER) || (hasCredentials() && !listed.has(HyperPreciseCarrier.PROVIDER));
  }

  @Override
  public void check(Device device) {
    if (device.isAccount()) {
      throw new IllegalArgumentException(PROVIDER + " asks for single devices, not for an account");
    }
    new DeviceId(device.kind(), device.id());
  }

  /** {@inheritDoc} Seven: more than the longest delay that the page states, three days. */
  @Override
  public int settleAfterDays() {
    return SETTLE_AFTER_DAYS;
  }

  @Override
  public String settleReason() {
    return SETTLE_REASON;
  }

  /**
   * {@inheritDoc}
   *
   * <p>The page: "the records contained in this report are kept for 12 months. Though you may
   * specify any date range, you will not receive results for records that are older than 12
   * months." The day 12 months ago is partly older, so that the oldest day is the one after it.
   */
  @Override
  public LocalDate oldestDay(Clock clock) {
    return DayRange.dayOf(clock.instant()).minusMonths(KEPT_MONTHS).plusDays(1);
  }

  @Override
  public CheckService checkService() {
    return new M2mService(this);
  }

  @Override
  public UsageSource open(ListedDevices listed, SourceSettings settings) {
    return new HistorySource(
        configure(ThingSpaceM2m.builder(), settings).build(), listed, settings.clock());
  }

  private final class HistorySource extends Source {
    private final ThingSpaceM2m client;

    HistorySource(ThingSpaceM2m client, ListedDevices listed, Clock clock) {
      super(listed, clock, client::close);
      this.client = client;
    }

    /** The page advises shorter ranges where a request times out. */
    @Override
    CompletableFuture<List<UsageRecord>> readKept(Device device, DayRange days) {
      return Ranges.halving(days, part -> usage(device, part));
    }

    private CompletableFuture<List<UsageRecord>> usage(Device device, DayRange days) {
      var reading = reading(device, days);
      return reading.records(
          () ->
              rows(
                  reading,
                  client
                      .usageHistory()
                      .device(new DeviceId(device.kind(), device.id()))
                      .earliest(days.start())
                      // ThingSpace includes this moment, so it must be before the next day.
                      .latest(days.end().minusSeconds(1)),
                  new ArrayList<>()),
          rows -> records(reading, rows));
    }

    /** Returns the rows of all pages. Each page names its device. */
    private CompletableFuture<List<DailyUsage>> rows(
        DeviceReading reading, UsageHistoryRequest request, List<DailyUsage> before) {
      return request
          .executeAsync()
          .thenCompose(
              page -> {
                var answered = page.deviceId();
                if (answered != null && !isSame(reading.device(), answered)) {
                  throw reading.unreadable(
                      "the response is about " + answered.kind() + " " + answered.id());
                }
                before.addAll(page.items());
                return page.next().isEmpty()
                    ? CompletableFuture.completedFuture(before)
                    : rows(reading, request.from(page.next().get()), before);
              });
    }

    private static List<UsageRecord> records(DeviceReading reading, List<DailyUsage> rows) {
      var counts = new HashMap<Count, DailyUsage>();
      var records = new ArrayList<UsageRecord>();
      for (var row : rows) {
        var record = row.usageRecord(reading.device().subject());
        if (!reading.days().contains(record.start())) {
          throw reading.unreadable(
              "the request was for " + reading.days() + ", a row is of " + record.start());
        }
        var count = new Count(record.start(), row.source(), row.servicePlan());
        requireOne(reading, counts.put(count, row), row);
        records.add(record);
      }
      return records;
    }

    /** The page has one row for each count. */
    private record Count(Instant start, @Nullable String source, @Nullable String servicePlan) {
      /** In a profile, the generated method took a third of the time spent on a row here. */
      @Override
      public int hashCode() {
        return 31 * start.hashCode() + Objects.hashCode(source);
      }
    }

    /** A second row may repeat the first one, or correct it: their sum is wrong in both cases. */
    private static void requireOne(
        DeviceReading reading, @Nullable DailyUsage one, DailyUsage other) {
      if (one != null) {
        throw reading.unreadable(
            "the response has two rows of %s, source %s, service plan %s: %s bytes and %s bytes"
                .formatted(
                    other.timestamp().toInstant(),
                    other.source(),
                    other.servicePlan(),
                    one.bytesUsed(),
                    other.bytesUsed()));
      }
    }
  }

  /**
   * Returns whether a response is about the requested device. A response that names the device by
   * another kind of id cannot be compared and is accepted.
   */
  private static boolean isSame(Device asked, DeviceId answered) {
    var other = new Device(answered.kind(), answered.id());
    return !asked.kind().equals(other.kind())
        || asked.subject().equals(other.subject())
        || (asked.kind().equals("iccid") && isSameCard(asked.id(), other.id()))
        || (asked.kind().equals("imei") && isSameEquipment(asked.id(), other.id()));
  }

  /** An ICCID has 19 digits, or 20 with a check digit that may be missing. */
  private static boolean isSameCard(String one, String other) {
    var shorter = one.length() < other.length() ? one : other;
    var longer = one.length() < other.length() ? other : one;
    return longer.length() == shorter.length() + 1 && longer.startsWith(shorter);
  }

  /** An IMEI identifies the equipment by 14 digits; a check digit or a version follows. */
  private static boolean isSameEquipment(String one, String other) {
    return one.length() != other.length() && one.regionMatches(0, other, 0, EQUIPMENT_DIGITS);
  }
}
