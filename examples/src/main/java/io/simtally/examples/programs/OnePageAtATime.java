package io.simtally.examples.programs;

import io.simtally.core.PageCursor;
import io.simtally.mason.MasonUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;

/** Prints one page of the SIMs of a month, and the next page when it is run again. */
public final class OnePageAtATime {
  private OnePageAtATime() {}

  // #region program
  public static void main(String... args) throws IOException {
    var saved = Path.of("cursor.txt");
    try (var mason = MasonUsage.fromEnv()) {
      var request = mason.aggregateSimUsage().month(YearMonth.parse(args[0]));
      if (Files.exists(saved)) {
        request = request.from(PageCursor.parse(Files.readString(saved)));
      }
      var page = request.execute();
      page.usageRecords().forEach(sim -> System.out.println(sim.subject()));
      if (page.next().isPresent()) {
        Files.writeString(saved, page.next().get().toString());
      } else {
        Files.deleteIfExists(saved);
      }
    }
  }
  // #endregion program
}
