package io.simtally.examples;

import io.simtally.core.ApiException;
import io.simtally.thingspace.hyperprecise.Session;
import io.simtally.thingspace.hyperprecise.SessionReport;
import io.simtally.thingspace.hyperprecise.ThingSpaceHyperPrecise;

/** Prints the sessions of a device in the last 180 days; credentials come from the environment. */
public final class HyperPreciseSessionsExample {
  private HyperPreciseSessionsExample() {}

  /** Runs with the account number and the IMEI of the device. */
  public static void main(String... args) {
    try (ThingSpaceHyperPrecise hyperPrecise = ThingSpaceHyperPrecise.fromEnv()) {
      SessionReport report =
          hyperPrecise.sessionReport().accountNumber(args[0]).imei(args[1]).execute();
      for (Session session : report.sessions()) {
        System.out.println(
            session.startTime() + " to " + session.endTime() + " " + session.numBytes() + " bytes");
      }
    } catch (ApiException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }
}
