package io.simtally.examples.fleet;

import io.simtally.core.UsageRecord;
import io.simtally.mason.AggregateUsage;
import io.simtally.mason.MasonUsage;
import io.simtally.mason.Sim;
import io.simtally.simulator.MasonSimulator;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Mason: the days of one SIM at a time; of all SIMs with usage, if none are listed. */
final class MasonCarrier implements Carrier {

  private final Map<String, String> environment;

  MasonCarrier(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public String name() {
    return "Mason";
  }

  @Override
  public String provider() {
    return "mason-usage";
  }

  @Override
  public List<List<String>> credentials() {
    return List.of(List.of("MASON_API_KEY"));
  }

  @Override
  public void check(Device device) {
    if (!device.kind().equals("iccid")) {
      throw new IllegalArgumentException(device + ": " + provider() + " asks for the kind iccid");
    }
  }

  @Override
  public UsageSource open(List<Device> devices) {
    return new Source(MasonUsage.fromEnv(environment), devices);
  }

  @Override
  public UsageSource simulate(int devices, Period period) {
    MasonSimulator simulator =
        MasonSimulator.builder().sims(devices).days(period.from(), period.to()).build();
    return SimulatedSource.open(
        simulator.start(), url -> new Source(client(simulator, url), List.of()));
  }

  private static MasonUsage client(MasonSimulator simulator, String url) {
    return MasonUsage.builder()
        .baseUrl(url)
        .apiKey(simulator.apiKey())
        .fleet(simulator.fleet())
        .build();
  }

  private static final class Source implements UsageSource {

    private final MasonUsage client;
    private final List<Device> listed;

    Source(MasonUsage client, List<Device> listed) {
      this.client = client;
      this.listed = listed;
    }

    @Override
    public void read(Period period, UsageSink sink) {
      List<Device> sims = listed.isEmpty() ? discovered(period) : listed;
      if (sims.isEmpty()) {
        sink.expect(0);
        return;
      }
      try (UsageSource days = new DeviceByDevice(sims, this::usage, () -> {})) {
        days.read(period, sink);
      }
    }

    @Override
    public void close() {
      client.close();
    }

    private List<Device> discovered(Period period) {
      Set<Device> sims = new LinkedHashSet<>();
      YearMonth last = YearMonth.from(period.to());
      for (YearMonth month = YearMonth.from(period.from());
          !month.isAfter(last);
          month = month.plusMonths(1)) {
        for (AggregateUsage usage : client.aggregateSimUsage().month(month)) {
          sims.add(device(usage.sim()));
        }
      }
      return List.copyOf(sims);
    }

    private static Device device(@Nullable Sim sim) {
      if (sim == null) {
        throw new IllegalStateException("Mason lists usage of a SIM without its ICCID");
      }
      return new Device("iccid", sim.iccid());
    }

    private List<UsageRecord> usage(Device sim, Period period) {
      return client
          .seriesSimUsage(sim.id())
          .start(utc(period.start()))
          // Mason's page calls the end exclusive, yet its samples bring that day as well.
          .end(utc(period.end()))
          .stream()
          .map(day -> day.dailyUsageRecord(sim.id()))
          .filter(day -> period.contains(day.start()))
          .toList();
    }

    private static OffsetDateTime utc(Instant moment) {
      return moment.atOffset(ZoneOffset.UTC);
    }
  }
}
