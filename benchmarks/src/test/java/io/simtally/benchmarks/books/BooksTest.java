package io.simtally.benchmarks.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small run of the model. {@code benchmarks/books} runs the whole one. */
final class BooksTest {
  @TempDir private Path directory;

  @Test
  void figuresOfEveryMomentAreThoseThatFailingCarriersReported() throws Exception {
    var report = run(ModelUsage.Behavior.FAILS, 60, new Kills(60, 4, 4, 1, 1));

    assertThat(report)
        .matches("(?s)FAILS: 6 devices of each of 5 carriers, 60 days; [1-4] kills, .*")
        .doesNotContain(" 0 corrections", " 0 readings held back", " 0 closed periods");
    var bytes = LedgerSize.ofDuckDb(file());
    assertThat(bytes.all()).isGreaterThan(bytes.withoutLedger());
    assertThat(bytes.withoutLedger()).isPositive();
  }

  @Test
  void nothingIsHeldBackOfCarriersThatOnlyCorrect() throws Exception {
    assertThat(run(ModelUsage.Behavior.CORRECTS, 40, new Kills(40, 4, 0, 0, 1)))
        .contains(" 0 readings held back")
        .contains(" 1.0000 of those of a store that holds nothing back");
  }

  private String run(ModelUsage.Behavior behavior, int days, Kills kills)
      throws IOException, InterruptedException {
    return new BooksRun(new ModelUsage(1, 6, behavior), days, 4, kills, 12).run(file().toString());
  }

  private Path file() {
    return directory.resolve("books.duckdb");
  }
}
