package io.simtally.examples.boot;

import io.micrometer.core.instrument.MeterRegistry;
import io.simtally.core.CallListener;
import io.simtally.mason.MasonUsage;
import io.simtally.micrometer.SimtallyMetrics;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

// #region beans
/** Creates one client of each provider for the application; Spring closes them. */
@Configuration
class SimtallyConfiguration {
  @Bean
  CallListener simtallyMetrics(MeterRegistry registry) {
    return SimtallyMetrics.listener(registry);
  }

  @Bean
  MasonUsage masonUsage(SimtallyProperties properties, CallListener metrics) {
    return MasonUsage.builder()
        .environment(properties.environment())
        .listener(metrics)
        .timeout(Duration.ofSeconds(30))
        .build();
  }

  @Bean
  ThingSpaceM2m thingSpaceM2m(SimtallyProperties properties, CallListener metrics) {
    return ThingSpaceM2m.builder().environment(properties.environment()).listener(metrics).build();
  }
}
// #endregion beans
