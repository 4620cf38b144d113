package io.simtally.examples.fleet;

import io.simtally.core.UsageRecord;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.simulator.SimulatedDevice;
import io.simtally.simulator.ThingSpaceSimulator;
import io.simtally.thingspace.hyperprecise.ThingSpaceHyperPrecise;
import java.time.Duration;
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

  HyperPreciseCarrier(ThingSpaceLogin login) {
    this.login = login;
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

  private static UsageSource source(ThingSpaceHyperPrecise client, List<Device> devices) {
    return new DeviceByDevice(
        devices, (device, period) -> usage(client, device, period), client::close);
  }

  private static Device device(SimulatedDevice device, String account) {
    // Every device that is made up has one.
    return new Device("imei", Objects.requireNonNull(device.idOf("imei")), account);
  }

  private static List<UsageRecord> usage(
      ThingSpaceHyperPrecise client, Device device, Period period) {
    return client
        .sessionReport()
        .accountNumber(Objects.requireNonNull(device.account(), "account"))
        .imei(device.id())
        .startDate(period.start())
        // A report may leave out sessions that end after it does: one of the last day may run on.
        .endDate(period.end().plus(DAY))
        .execute()
        .usageRecords(device.id())
        .stream()
        .filter(session -> period.contains(session.start()))
        .map(HyperPreciseCarrier::assignableToADay)
        .toList();
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
}
