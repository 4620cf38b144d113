package io.simtally.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StoreNameTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "fleet.duckdb,fleet.duckdb",
    "/data/a b/fleet.duckdb,/data/a b/fleet.duckdb",
    "C:\\data\\fleet.duckdb,C:\\data\\fleet.duckdb",
    "jdbc:postgresql://db:5432/fleet,jdbc:postgresql://db:5432/fleet",
    "jdbc:postgresql://db/fleet?user=me&password=s3cr3t,jdbc:postgresql://db/fleet",
    "jdbc:postgresql://me:s3cr3t@db/fleet,jdbc:postgresql:(not shown)",
    "jdbc:postgresql://me:s3?cr3t@db/fleet,jdbc:postgresql:(not shown)",
    "jdbc:postgresql://db/fleet&password=s3cr3t,jdbc:postgresql:(not shown)",
    "postgresql://me:s3cr3t@db/fleet,(not shown)",
    "host=db password=s3cr3t,(not shown)"
  })
  void showsNoCredential(String store, String printable) {
    assertThat(StoreName.printable(store)).isEqualTo(printable);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sync --store postgresql://me:s3cr3t@127.0.0.1:1/fleet",
        "sync --store postgres://127.0.0.1:1/fleet?password=s3cr3t",
        "sync --store jdbc:postgresql://me:s3cr3t@127.0.0.1:1/fleet",
        "sync --store jdbc:postgresql://127.0.0.1:1/fleet?user=me&password=s3cr3t",
        "sync --store jdbc:postgresql://127.0.0.1:1/fleet;password=s3cr3t",
        "sync --stroe jdbc:postgresql://127.0.0.1:1/fleet?password=s3cr3t",
        "sync --store //me:s3cr3t@127.0.0.1:1/fleet",
        "sync --store /me:s3cr3t@127.0.0.1:1/fleet",
        "sync --store a jdbc:postgresql://me:s3cr3t@127.0.0.1:1/fleet",
        "sync --store a --days jdbc:postgresql://127.0.0.1:1/fleet?password=s3cr3t",
        "sync --store=a --from=jdbc:postgresql://127.0.0.1:1/fleet?password=s3cr3t",
        "report --store postgresql://me:s3cr3t@127.0.0.1:1/fleet",
        "report --store jdbc:postgresql://127.0.0.1:1/fleet?user=me&password=s3cr3t",
        "export --format csv --out DIR/x --store postgresql://me:s3cr3t@127.0.0.1:1/fleet",
        "export --format csv --out DIR/x --store host=127.0.0.1,password=s3cr3t",
        "report --out postgresql://me:s3cr3t@127.0.0.1:1/fleet/ --store",
        "jdbc:postgresql://me:s3cr3t@127.0.0.1:1/fleet sync"
      })
  void noMessageShowsThePasswordOfAStore(String typed) {
    var run =
        CommandRun.of(
            Map.of("MASON_API_KEY", "a-key", "MASON_BASE_URL", "http://127.0.0.1:1/"),
            typed.replace("DIR", directory.toString()).split(" ", -1));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("error: ").hasLineCount(1);
    assertThat(run.out() + run.err()).doesNotContain("s3cr3t");
  }

  @Test
  void keepsTheRestOfAMessage() {
    assertThat(StoreName.redacted("Unknown option: '--stroe'", "sync", "--stroe", "fleet.duckdb"))
        .isEqualTo("Unknown option: '--stroe'");
  }
}
