package io.simtally.examples.boot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Reads a fleet into PostgreSQL every morning, and answers for single SIMs. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class FleetApplication {
  public static void main(String... args) {
    SpringApplication.run(FleetApplication.class, args);
  }
}
