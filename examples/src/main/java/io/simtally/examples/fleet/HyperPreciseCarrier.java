package io.simtally.examples.fleet;

import io.simtally.core.ApiException;
import io.simtally.core.UsageRecord;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.simulator.SimulatedDevice;
import io.simtally.simulator.ThingSpaceSimulator;
import io.simtally.thingspace.hyperprecise.SessionReportRequest;
import io.simtally.thingspace.hyperprecise.ThingSpaceHyperPrecise;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;

/**
 * ThingSpace Hyper-Precise: the sessions of one device at a time, each counted on the day on which
 * it began.
 */
final class HyperPreciseCarrier implements Carrier {

  static final String PROVIDER = "thingspace-hyperprecise";

  private static final Duration DAY = Duration.ofDays(1);

  private final ThingSpaceLogin login;
  private final Clock clock;

  HyperPreciseCarrier(ThingSpaceLogin login, Clock clock) {
    this.login = login;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "ThingSpace Hyper-Precise";
  }

  @Override
  public String provider() {
    return PROVIDER;
  }

  @Override
  public List<List<String>> credentials() {
    return ThingSpaceLogin.VARIABLES;
  }

  @Override
  public String includedIn() {
    return ThingSpaceCarrier.PROVIDER;
  }

  @Override
  public String neededDevices() {
    return "its devices, each with its account";
  }

  @Override
  public boolean isWanted(boolean hasCredentials, DeviceList listed) {
    // The same credentials serve the M2M carrier, so alone they say nothing about this one.
    return !listed.of(PROVIDER).isEmpty();
  }

  @Override
  public void check(Device device) {
    if (!device.kind().equals("imei") || device.account() == null) {
      throw new IllegalArgumentException(
          device + ": " + PROVIDER + " asks for the kind imei and an account");
    }
  }

  @Override
  public UsageSource open(List<Device> devices) {
    ThingSpaceHyperPrecise client =
        login.server(ThingSpaceHyperPrecise.builder()).credentials(login.credentials()).build();
    return source(client, devices);
  }

  @Override
  public UsageSource simulate(int devices, Period period) {
    ThingSpaceSimulator simulator =
        ThingSpaceSimulator.builder()
            .devices(devices)
            .days(period.from(), period.to())
            // Other devices than those of the M2M carrier, lest the fleet seem to count twice.
            .seed(2)
            .build();
    List<Device> simulated =
        simulator.devices().stream()
            .map(device -> device(device, simulator.accountNumber()))
            .toList();
    return SimulatedSource.open(
        simulator.start(), url -> source(client(simulator, url), simulated));
  }

  private static ThingSpaceHyperPrecise client(ThingSpaceSimulator simulator, String url) {
    return ThingSpaceHyperPrecise.builder()
        .baseUrl(url)
        .credentials(
            ThingSpaceCredentials.oauth(simulator.key(), simulator.secret())
                .login(simulator.username(), simulator.password()))
        .build();
  }

  private UsageSource source(ThingSpaceHyperPrecise client, List<Device> devices) {
    return new Source(client, devices, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
  }

  private static Device device(SimulatedDevice device, String account) {
    // Every device that is made up has one.
    return new Device("imei", Objects.requireNonNull(device.idOf("imei")), account);
  }

  /** Leaves out how long a session of several days was: its bytes are not told by day. */
  private static UsageRecord assignableToADay(UsageRecord session) {
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
        null);
  }

  /**
   * By ThingSpace's page also {@code Device Not Certified} (403), {@code Service Not Purchased}
   * (409) and {@code Device is active in several accounts} (500) speak of one device. The service
   * writes an {@code errorCode} into them; a gateway that turns all away does not.
   */
  private static boolean isAboutTheDevice(ApiException refusal) {
    return DeviceByDevice.isAboutTheDevice(refusal)
        || switch (refusal.status()) {
          case 403, 409 -> "INVALID_PARAMETER".equals(refusal.code());
          case 500 -> "INTERNAL_ERROR".equals(refusal.code());
          default -> false;
        };
  }

  private record Source(ThingSpaceHyperPrecise client, List<Device> devices, LocalDate today)
      implements UsageSource {

    @Override
    public void read(Period period, UsageSink sink) {
      SessionRange range = new SessionRange(period, today);
      try (UsageSource sessions =
          new DeviceByDevice(
              devices,
              (device, days) -> usage(device, range),
              HyperPreciseCarrier::isAboutTheDevice,
              () -> {})) {
        sessions.read(period, sink);
      }
      range.notes().forEach(sink::note);
    }

    @Override
    public void close() {
      client.close();
    }

    private List<UsageRecord> usage(Device device, SessionRange range) {
      SessionReportRequest request =
          client
              .sessionReport()
              .accountNumber(Objects.requireNonNull(device.account(), "account"))
              .imei(device.id());
      return range.parts().stream()
          .flatMap(
              part ->
                  request
                      .startDate(part.from())
                      .endDate(part.to())
                      .execute()
                      .usageRecords(device.id())
                      .stream()
                      .filter(part::takes))
          .map(HyperPreciseCarrier::assignableToADay)
          .toList();
    }
  }
}
