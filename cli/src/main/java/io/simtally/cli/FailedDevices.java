package io.simtally.cli;

import io.simtally.core.DayRange;
import io.simtally.fleet.store.Failure;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageReader;
import io.simtally.fleet.store.UsageStore;
import io.simtally.fleet.sync.SyncProgress;
import java.io.PrintWriter;
import java.util.Locale;

/** Lists the devices that a sync could not read, with the reasons, up to a number of lines. */
final class FailedDevices {
  private static final int MOST_LINES = 10;
  private static final int MOST_CHARACTERS = 400;

  private final UsageReader store;
  private final DayRange days;
  private final PrintWriter messages;
  private int lines;

  FailedDevices(UsageReader store, DayRange days, PrintWriter messages) {
    this.store = store;
    this.days = days;
    this.messages = messages;
  }

  /** Prints the open failures of the devices of an account. */
  void print(SyncProgress carrier) {
    var query = UsageQuery.days(days).provider(carrier.provider()).account(carrier.account());
    long more = 0;
    try (var failures = store.failures(query)) {
      for (var failure : (Iterable<Failure>) failures::iterator) {
        if (failure.subject().equals(UsageStore.ACCOUNT)) {
          continue;
        }
        if (lines < MOST_LINES) {
          lines++;
          messages.println(line(failure));
        } else {
          more++;
        }
      }
    }
    if (more > 0) {
      messages.println(String.format(Locale.ROOT, "  and %,d more", more));
    }
  }

  private static String line(Failure failure) {
    var reason = failure.message();
    var line =
        "  %s, %s: %s"
            .formatted(
                failure.subject(),
                failure.days(),
                reason.contains(failure.kind()) ? reason : failure.kind() + ": " + reason);
    return TextReport.plain(
        line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS - 3) + "...");
  }
}
