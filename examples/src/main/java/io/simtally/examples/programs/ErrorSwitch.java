package io.simtally.examples.programs;

import io.simtally.core.ApiException;
import io.simtally.core.DayRange;
import io.simtally.mason.MasonUsage;
import io.simtally.mason.Usage;

/** Prints the usage of a SIM in the last week, or what to do about an error. */
public final class ErrorSwitch {
  private ErrorSwitch() {}

  // #region program
  public static void main(String... args) {
    try (var mason = MasonUsage.fromEnv()) {
      var days = mason.seriesSimUsage(args[0]).days(DayRange.last(7));
      System.out.println(days.stream().mapToLong(Usage::total).sum() + " bytes");
    } catch (ApiException e) {
      System.out.println(
          switch (e.kind()) {
            case NOT_FOUND, INVALID_REQUEST -> "unknown SIM";
            case UNAUTHENTICATED, FORBIDDEN -> "check MASON_API_KEY";
            case RATE_LIMITED, SERVER_ERROR, TIMEOUT -> "try again later";
            default -> e.getMessage();
          });
    }
  }
  // #endregion program
}
