package io.simtally.benchmarks.books;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Locale;

/** Checks a store over many simulated months, and prints its size with and without the ledger. */
public final class Books {
  private static final double DAYS_OF_A_MONTH = 365.25 / 12;

  private Books() {}

  /**
   * Runs the model.
   *
   * @param args {@code duckdb} or {@code postgresql}; then, each with a default, the devices of
   *     each of the five carriers (2000), months (24), kills (100), how many of them kill a process
   *     (30), the behavior of the carriers ({@code FAILS}, {@code CORRECTS} or {@code
   *     CORRECTS_TO_ZERO}), the days from one run to the next (1), the seed (25) and at how many
   *     moments all days are compared at the end (12)
   */
  public static void main(String[] args) throws IOException, InterruptedException, SQLException {
    var usage =
        new ModelUsage(
            Long.parseLong(argument(args, 7, "25")),
            Integer.parseInt(argument(args, 1, "2000")),
            ModelUsage.Behavior.valueOf(argument(args, 5, "FAILS")));
    var days = (int) (Integer.parseInt(argument(args, 2, "24")) * DAYS_OF_A_MONTH);
    var interval = Integer.parseInt(argument(args, 6, "1"));
    var kills =
        new Kills(
            days,
            interval,
            Integer.parseInt(argument(args, 3, "100")),
            Integer.parseInt(argument(args, 4, "30")),
            usage.seed());
    var run = new BooksRun(usage, days, interval, kills, Integer.parseInt(argument(args, 8, "12")));
    if (args[0].equals("postgresql")) {
      try (var server = EmbeddedPostgres.builder().start()) {
        var url = server.getJdbcUrl("postgres", "postgres");
        print(run.run(url), LedgerSize.ofPostgres(url));
      }
    } else {
      var folder = Files.createTempDirectory("simtally-books");
      try {
        var file = folder.resolve("books.duckdb");
        print(run.run(file.toString()), LedgerSize.ofDuckDb(file));
      } finally {
        delete(folder);
      }
    }
  }

  private static String argument(String[] args, int index, String otherwise) {
    return args.length > index ? args[index] : otherwise;
  }

  private static void print(String result, LedgerSize.Bytes bytes) {
    System.out.println(result);
    System.out.printf(
        Locale.ROOT,
        "size: %,d bytes, %,d without the ledger: %.3f%n",
        bytes.all(),
        bytes.withoutLedger(),
        bytes.ratio());
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
