package io.simtally.fleet.mason;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.EnvironmentCarrier;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.fleet.source.SourceSettings;
import io.simtally.fleet.source.UsageSource;
import io.simtally.mason.MasonUsage;
import io.simtally.mason.Sim;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Mason: the days of one SIM at a time; of all SIMs with usage, if none are listed. */
public final class MasonCarrier extends EnvironmentCarrier {
  private static final String PROVIDER = "mason-usage";
  private static final List<List<String>> VARIABLES = List.of(List.of("MASON_API_KEY"));

  private final Map<String, String> environment;

  public MasonCarrier(Map<String, String> environment) {
    super("Mason", PROVIDER, VARIABLES, environment);
    this.environment = environment;
    // So that a missing jar is noticed here, and not when it is opened.
    MasonUsage.builder();
  }

  @Override
  public void check(Device device) {
    if (!device.kind().equals("iccid")) {
      throw new IllegalArgumentException(device + ": " + PROVIDER + " asks for the kind iccid");
    }
  }

  @Override
  public UsageSource open(ListedDevices listed, SourceSettings settings) {
    return new Source(
        settings.on(MasonUsage.builder()).environment(environment).build(),
        listed.has(PROVIDER) ? listed.of(PROVIDER) : null);
  }

  private record Source(MasonUsage client, @Nullable Iterable<Device> listed)
      implements UsageSource {
    @Override
    public String provider() {
      return PROVIDER;
    }

    @Override
    public Iterable<Device> devices(DayRange days) {
      return devices(days, named -> {});
    }

    @Override
    public Iterable<Device> devices(DayRange days, LongConsumer named) {
      return listed == null ? discovered(days, named) : listed;
    }

    /** The days are those of SIMs that a month of the range names: a month tells of no days. */
    private Iterable<Device> discovered(DayRange days, LongConsumer named) {
      var sims = new LinkedHashSet<Device>();
      named.accept(0);
      var last = YearMonth.from(days.to());
      for (var month = YearMonth.from(days.from());
          !month.isAfter(last);
          month = month.plusMonths(1)) {
        for (var usage : client.aggregateSimUsage().month(month)) {
          sims.add(device(usage.sim()));
          named.accept(sims.size());
        }
      }
      return sims;
    }

    private static Device device(@Nullable Sim sim) {
      if (sim == null) {
        throw new IllegalStateException("Mason lists usage of a SIM without its ICCID");
      }
      return new Device("iccid", sim.iccid());
    }

    @Override
    public CompletableFuture<List<UsageRecord>> read(Device sim, DayRange days) {
      return client
          .seriesSimUsage(sim.id())
          .start(days.start().atOffset(ZoneOffset.UTC))
          // Mason's page calls the end exclusive, yet its samples bring that day as well.
          .end(days.end().atOffset(ZoneOffset.UTC))
          .executeAllAsync()
          .thenApply(
              page ->
                  page.items().stream()
                      .map(day -> day.dailyUsageRecord(sim.id()))
                      .filter(day -> days.contains(day.start()))
                      .toList());
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
