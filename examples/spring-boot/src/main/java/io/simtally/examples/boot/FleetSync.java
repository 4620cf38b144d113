package io.simtally.examples.boot;

import io.simtally.core.CallListener;
import io.simtally.core.DayRange;
import io.simtally.fleet.Carriers;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.fleet.source.SourceSettings;
import io.simtally.fleet.source.UsageSource;
import io.simtally.fleet.store.UsageStore;
import io.simtally.fleet.sync.Sync;
import io.simtally.fleet.sync.SyncResult;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

// #region sync
/** Reads the missing days into the store; several instances of the application can run it. */
@Component
class FleetSync {
  private static final Logger LOG = LoggerFactory.getLogger(FleetSync.class);

  private final SimtallyProperties properties;
  private final CallListener metrics;
  private volatile SyncResult latest;

  FleetSync(SimtallyProperties properties, CallListener metrics) {
    this.properties = properties;
    this.metrics = metrics;
  }

  @Scheduled(cron = "${simtally.sync.cron}", zone = "UTC")
  SyncResult run() {
    Map<String, String> environment = properties.environment();
    ListedDevices listed =
        ListedDevices.of(
            Map.of(
                "thingspace-m2m",
                properties.thingSpace().iccids().stream()
                    .map(iccid -> new Device("iccid", iccid))
                    .toList()));
    LocalDate today = LocalDate.now(Clock.systemUTC());
    DayRange days = DayRange.of(today.minusDays(properties.sync().days()), today.minusDays(1));
    List<UsageSource> sources =
        Carriers.of(environment).stream()
            .filter(carrier -> carrier.hasCredentials() && carrier.isWanted(listed))
            .map(carrier -> carrier.open(listed, SourceSettings.DEFAULT.listener(metrics)))
            .toList();
    try (UsageStore store = UsageStore.open(properties.sync().store(), environment)) {
      latest = Sync.into(store).days(days).run(sources);
      latest.carriers().forEach(carrier -> LOG.info("{}", carrier.progress()));
      return latest;
    } finally {
      sources.forEach(UsageSource::close);
    }
  }

  /** Returns the result of the latest run of this instance; empty before the first. */
  Optional<SyncResult> latest() {
    return Optional.ofNullable(latest);
  }
}
// #endregion sync
