package io.simtally.fleet.thingspace;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.contract.CheckService;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.DeviceReading;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.fleet.source.Ranges;
import io.simtally.fleet.source.SourceSettings;
import io.simtally.fleet.source.UsageSource;
import io.simtally.thingspace.hyperprecise.Session;
import io.simtally.thingspace.hyperprecise.SessionReport;
import io.simtally.thingspace.hyperprecise.ThingSpaceHyperPrecise;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * ThingSpace Hyper-Precise: reads the sessions of one device at a time. A session counts on the day
 * on which it began.
 */
public final class HyperPreciseCarrier extends ThingSpaceCarrier {
  static final String PROVIDER = "thingspace-hyperprecise";

  private static final String OPERATION = "POST /hyper-precise/v1/report/sessions";
  private static final Duration DAY = Duration.ofDays(1);
  private static final int SETTLE_AFTER_DAYS = 27;
  private static final String SETTLE_REASON =
      "\"An object containing the start and end time of the session with the amount of data"
          + " transferred.\" A session"
          + " counts on the day it began. The page does not say how long a session lasts, nor whether"
          + " it is reported before its end; 27 days are assumed"
          + " (https://thingspace.verizon.com/documentation/apis/hyper_precise/api-reference/"
          + "get-session-report-for-a-device.html)";

  /**
   * Creates the carrier.
   *
   * @param login the user of both ThingSpace carriers
   */
  public HyperPreciseCarrier(SharedLogin login) {
    super("ThingSpace Hyper-Precise", PROVIDER, OPERATION, login);
    // A missing jar must fail here, not when a source is opened.
    ThingSpaceHyperPrecise.builder();
  }

  @Override
  public String includedIn() {
    return M2mCarrier.PROVIDER;
  }

  @Override
  public String deviceRequirement() {
    return "its devices, each with its account";
  }

  @Override
  public boolean isWanted(ListedDevices listed) {
    // The same credentials serve M2M, so that credentials alone do not mean Hyper-Precise.
    return listed.has(PROVIDER);
  }

  @Override
  public void check(Device device) {
    if (!device.kind().equals("imei") || device.account() == null) {
      throw new IllegalArgumentException(
          device + ": " + PROVIDER + " asks for the kind imei and an account");
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>The page documents 403 {@code Device Not Certified}, 409 {@code Service Not Purchased} and
   * 500 {@code Device is active in several accounts}. Any other 403 or 500 may concern all devices.
   */
  @Override
  public boolean concernsOneDevice(ApiException failure) {
    return failure.kind() == Kind.CONFLICT
        || (failure.status() == 403 && says(failure, "Device Not Certified"))
        || (failure.status() == 500 && says(failure, "Device is active in several accounts"));
  }

  private static boolean says(ApiException failure, String words) {
    var message = failure.providerMessage();
    return message != null && message.regionMatches(true, 0, words, 0, words.length());
  }

  /**
   * {@inheritDoc}
   *
   * <p>27: a sync of the last 30 days then still has a few runs to read the day once more. A
   * session that is reported or grows later than 27 days after the end of its first day is not
   * seen.
   */
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
   * <p>The page: without a start date "information will be shown from the earliest available (180
   * days)". The day 180 days ago is partly older, so that the oldest day is the one after it.
   */
  @Override
  public LocalDate oldestDay(Clock clock) {
    return SessionRange.oldest(DayRange.dayOf(clock.instant()));
  }

  @Override
  public List<String> notes(DayRange days, Clock clock) {
    return range(days, clock).notes();
  }

  private static SessionRange range(DayRange days, Clock clock) {
    return new SessionRange(days, DayRange.dayOf(clock.instant()));
  }

  @Override
  public CheckService checkService() {
    return new HyperPreciseService(this);
  }

  @Override
  public UsageSource open(ListedDevices listed, SourceSettings settings) {
    return new SessionSource(
        configure(ThingSpaceHyperPrecise.builder(), settings).build(), listed, settings.clock());
  }

  private final class SessionSource extends Source {
    private final ThingSpaceHyperPrecise client;

    SessionSource(ThingSpaceHyperPrecise client, ListedDevices listed, Clock clock) {
      super(listed, clock, client::close);
      this.client = client;
    }

    @Override
    CompletableFuture<List<UsageRecord>> readKept(Device device, DayRange days) {
      return Ranges.each(range(days, clock()).parts(), part -> sessions(device, part));
    }

    private CompletableFuture<List<UsageRecord>> sessions(Device device, SessionRange.Part part) {
      var reading = reading(device, part.days());
      return reading.records(
          () ->
              client
                  .sessionReport()
                  .accountNumber(Objects.requireNonNull(device.account(), "account"))
                  .imei(device.id())
                  .startDate(part.from())
                  .endDate(part.to())
                  .executeAsync(),
          report -> records(reading, part, report));
    }

    /** A session that began before or after the days belongs to another reading. */
    private static List<UsageRecord> records(
        DeviceReading reading, SessionRange.Part part, SessionReport report) {
      var records = new ArrayList<UsageRecord>();
      var starts = new HashMap<Instant, Session>();
      for (Session session : report.sessions()) {
        requireOne(reading, starts.put(session.startTime().toInstant(), session), session);
        if (!part.mayInclude(session.startTime().toInstant(), session.endTime().toInstant())) {
          throw reading.unreadable(
              "the request was for %s to %s, a session is of %s to %s"
                  .formatted(part.from(), part.to(), session.startTime(), session.endTime()));
        }
        if (part.days().contains(session.startTime().toInstant())) {
          records.add(ofOneDay(session.usageRecord(reading.device().subject())));
        }
      }
      return records;
    }

    /**
     * A device has one session at a time. A second one with the same start repeats the first one,
     * or reports it once more after it grew: their sum is wrong in both cases.
     */
    private static void requireOne(DeviceReading reading, @Nullable Session one, Session other) {
      if (one != null) {
        throw reading.unreadable(
            "the response has two sessions that start at %s: %s bytes and %s bytes"
                .formatted(other.startTime(), one.numBytes(), other.numBytes()));
      }
    }

    /** Removes the length of a session of several days: its bytes are not known by day. */
    private static UsageRecord ofOneDay(UsageRecord session) {
      if (session.period() == null || session.period().compareTo(DAY) <= 0) {
        return session;
      }
      return new UsageRecord(
          session.provider(),
          session.subject(),
          session.start(),
          null,
          session.totalBytes(),
          session.uplinkBytes(),
          session.downlinkBytes(),
          session.source());
    }
  }
}
