package io.simtally.examples;

import io.simtally.examples.fleet.FleetReportCommand;

/**
 * Reads the usage of a fleet for a period from every carrier whose credentials are in the
 * environment, prints it and writes {@code fleet-report.csv} and {@code fleet-report.html}.
 *
 * <p>Exit code 0: all carriers reported; 1: at least one failed; 2: the command line was wrong.
 */
public final class FleetReport {

  private FleetReport() {}

  /** Runs the report; {@code --help} lists the options. */
  public static void main(String... args) {
    System.exit(FleetReportCommand.run(args));
  }
}
