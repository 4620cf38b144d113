package io.simtally.examples.boot;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

// #region health
/** Reports whether the latest sync of each account was complete, without requests to the providers. */
@Component("fleet")
class FleetHealth implements HealthIndicator {
  private final FleetSync sync;

  FleetHealth(FleetSync sync) {
    this.sync = sync;
  }

  @Override
  public Health health() {
    return sync.latest()
        .map(
            result -> {
              Health.Builder health = result.isComplete() ? Health.up() : Health.down();
              result
                  .carriers()
                  .forEach(
                      carrier ->
                          health.withDetail(
                              carrier.account() + " " + carrier.provider(),
                              carrier.isComplete() ? "read" : "incomplete"));
              return health.build();
            })
        .orElseGet(() -> Health.unknown().withDetail("sync", "not yet").build());
  }
}
// #endregion health
