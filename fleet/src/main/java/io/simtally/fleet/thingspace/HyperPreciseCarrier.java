package io.simtally.fleet.thingspace;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.EnvironmentCarrier;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.fleet.source.Ranges;
import io.simtally.fleet.source.SourceSettings;
import io.simtally.fleet.source.UsageSource;
import io.simtally.thingspace.hyperprecise.ThingSpaceHyperPrecise;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * ThingSpace Hyper-Precise: the sessions of one device at a time, each counted on the day on which
 * it began.
 */
public final class HyperPreciseCarrier extends EnvironmentCarrier {
  static final String PROVIDER = "thingspace-hyperprecise";

  private static final Duration DAY = Duration.ofDays(1);

  private final SharedLogin login;

  public HyperPreciseCarrier(SharedLogin login) {
    super("ThingSpace Hyper-Precise", PROVIDER, SharedLogin.VARIABLES, login.environment());
    this.login = login;
    // So that a missing jar is noticed here, and not when it is opened.
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
    // The same credentials serve the M2M carrier, so alone they say nothing about this one.
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

  @Override
  public List<String> notes(DayRange days, Clock clock) {
    return range(days, clock).notes();
  }

  private static SessionRange range(DayRange days, Clock clock) {
    return new SessionRange(days, DayRange.dayOf(clock.instant()));
  }

  @Override
  public UsageSource open(ListedDevices listed, SourceSettings settings) {
    var client = login.on(settings.on(ThingSpaceHyperPrecise.builder())).build();
    return new Source(client, listed.required(PROVIDER), settings.clock());
  }

  private record Source(ThingSpaceHyperPrecise client, Iterable<Device> listed, Clock clock)
      implements UsageSource {
    @Override
    public String provider() {
      return PROVIDER;
    }

    @Override
    public Iterable<Device> devices(DayRange days) {
      return listed;
    }

    @Override
    public CompletableFuture<List<UsageRecord>> read(Device device, DayRange days) {
      return Ranges.each(range(days, clock).parts(), part -> sessions(device, part));
    }

    private CompletableFuture<List<UsageRecord>> sessions(Device device, SessionRange.Part part) {
      return client
          .sessionReport()
          .accountNumber(Objects.requireNonNull(device.account(), "account"))
          .imei(device.id())
          .startDate(part.from())
          .endDate(part.to())
          .executeAsync()
          .thenApply(
              report ->
                  report.usageRecords(device.id()).stream()
                      // A neighbouring range may bring it as well.
                      .filter(session -> part.days().contains(session.start()))
                      .map(Source::ofOneDay)
                      .toList());
    }

    /** Leaves out how long a session of several days was: its bytes are not told by day. */
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
