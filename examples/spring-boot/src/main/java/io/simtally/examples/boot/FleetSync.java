package io.simtally.examples.boot;

import io.simtally.core.CallListener;
import io.simtally.core.DayRange;
import io.simtally.fleet.account.Accounts;
import io.simtally.fleet.store.UsageStore;
import io.simtally.fleet.sync.Sync;
import io.simtally.fleet.sync.SyncResult;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

// #region sync
/** Reads the missing days of all accounts into the store; several instances of the application can run it. */
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
    SimtallyProperties.Sync sync = properties.sync();
    Map<String, String> environment = properties.environment();
    try (Accounts accounts =
            Accounts.fromConfig(sync.config(), environment)
                .settings(each -> each.listener(metrics));
        UsageStore store = UsageStore.open(accounts.store().orElseThrow(), environment)) {
      latest = Sync.into(store).days(DayRange.last(sync.days())).run(accounts);
      latest.carriers().forEach(carrier -> LOG.info("{}", carrier.progress()));
      return latest;
    }
  }

  /** Returns the result of the latest run of this instance; empty before the first. */
  Optional<SyncResult> latest() {
    return Optional.ofNullable(latest);
  }
}
// #endregion sync
