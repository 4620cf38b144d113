package io.simtally.fleet.thingspace;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
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
import io.simtally.thingspace.hyperprecise.Session;
import io.simtally.thingspace.hyperprecise.SessionReport;
import io.simtally.thingspace.hyperprecise.ThingSpaceHyperPrecise;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * ThingSpace Hyper-Precise: reads the sessions of one device at a time. A session counts on the day
 * on which it began.
 */
public final class HyperPreciseCarrier extends EnvironmentCarrier implements CheckedCarrier {
  static final String PROVIDER = "thingspace-hyperprecise";

  private static final String OPERATION = "POST /hyper-precise/v1/report/sessions";
  private static final Duration DAY = Duration.ofDays(1);
  private static final int SETTLE_AFTER_DAYS = 27;

  private final SharedLogin login;

  /**
   * Creates the carrier.
   *
   * @param login the user of both ThingSpace carriers
   */
  public HyperPreciseCarrier(SharedLogin login) {
    super("ThingSpace Hyper-Precise", PROVIDER, SharedLogin.VARIABLES, login.environment());
    this.login = login;
    // A missing jar must fail here, not when a source is opened.
    ThingSpaceHyperPrecise.builder();
  }

  @Override
  public String account() {
    return SharedLogin.ACCOUNT;
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
   * <p>27. The page promises a "detailed report of session duration and number of bytes transferred
   * per day" with "the start and end time of the session with the amount of data transferred". It
   * does not say how long a session can last, nor whether a session is reported while it lasts, and
   * then grows, or at its end only. A session counts on the day it began, so that a day is settled
   * when no session that began on it is expected to last any longer. 27 days are assumed: a sync of
   * the last 30 days then still has a few runs to read the day once more. A session that is
   * reported or grows later than 27 days after the end of its first day is not seen.
   */
  @Override
  public int settleAfterDays() {
    return SETTLE_AFTER_DAYS;
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
    var client = login.on(settings.on(ThingSpaceHyperPrecise.builder())).build();
    return new Source(client, listed.required(PROVIDER), settings.clock());
  }

  private final class Source implements UsageSource {
    private final ThingSpaceHyperPrecise client;
    private final Iterable<Device> listed;
    private final Clock clock;

    Source(ThingSpaceHyperPrecise client, Iterable<Device> listed, Clock clock) {
      this.client = client;
      this.listed = listed;
      this.clock = clock;
    }

    @Override
    public String provider() {
      return PROVIDER;
    }

    @Override
    public String account() {
      return SharedLogin.ACCOUNT;
    }

    @Override
    public Iterable<Device> devices(DayRange days) {
      return listed;
    }

    @Override
    public int settleAfterDays() {
      return HyperPreciseCarrier.this.settleAfterDays();
    }

    @Override
    public LocalDate oldestDay(Clock now) {
      return HyperPreciseCarrier.this.oldestDay(now);
    }

    @Override
    public CompletableFuture<List<UsageRecord>> read(Device device, DayRange days) {
      return new DeviceReading(PROVIDER, OPERATION, device, days)
          .whileKept(
              () -> oldestDay(clock),
              () -> Ranges.each(range(days, clock).parts(), part -> sessions(device, part)));
    }

    private CompletableFuture<List<UsageRecord>> sessions(Device device, SessionRange.Part part) {
      var reading = new DeviceReading(PROVIDER, OPERATION, device, part.days());
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
      for (Session session : report.sessions()) {
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

    @Override
    public void close() {
      client.close();
    }
  }
}
