package io.simtally.examples.boot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Syncs a fleet into PostgreSQL each morning and serves the usage of single SIMs. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class FleetApplication {
  public static void main(String... args) {
    SpringApplication.run(FleetApplication.class, args);
  }
}
