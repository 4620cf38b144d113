package io.simtally.examples.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.store.Reading;
import io.simtally.fleet.store.UsageStore;
import io.simtally.simulator.Operation;
import io.simtally.simulator.carriers.Simulators;
import io.simtally.simulator.mason.MasonDay;
import io.simtally.simulator.mason.MasonSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Submits the Python example. PySpark of the tested version must be in PYTHONPATH. */
@Tag("pyspark")
final class UsagePythonTest {
  private static final LocalDate FIRST = LocalDate.parse("2026-01-01");
  private static final LocalDate LAST = LocalDate.parse("2026-01-31");

  @TempDir private Path folder;

  @Test
  void readsAnAccountAndStreamsAStore() throws Exception {
    var mason =
        MasonSimulator.builder()
            .sim("89148000000800784257", MasonDay.of(FIRST, 10, 20), MasonDay.of(LAST, 5, 7))
            .sim("89148000000800784259", MasonDay.of(FIRST, 1_000, 2_000))
            .build();
    var store = folder.resolve("fleet.duckdb");
    writeSettledDay(store, "89148000000800784259");
    var changes = folder.resolve("changes");
    try (var simulators = Simulators.builder().mason(mason).start()) {
      var output =
          SparkSubmit.run(
              folder,
              simulators.environment(),
              List.of(
                  "src/main/python/usage.py",
                  config().toString(),
                  "mason-eu",
                  "89148000000800784259",
                  FIRST.toString(),
                  LAST.toString(),
                  store.toString(),
                  changes.toString()));

      assertThat(output)
          .contains("|mason-eu|89148000000800784257|42 ")
          .contains("|mason-eu|89148000000800784259|3000 ")
          .doesNotContain(mason.apiKey());
      // The query of one device requests only this device, the other query both.
      assertThat(requests(mason, "89148000000800784259"))
          .isEqualTo(2 * requests(mason, "89148000000800784257"));
    }
    assertThat(lines(changes))
        .singleElement()
        .asString()
        .contains("\"kind\":\"settled\"", "\"day\":\"2026-01-01\"", "\"total_bytes\":12345");
  }

  private Path config() throws IOException {
    Files.writeString(
        folder.resolve("devices.csv"),
        """
        provider,kind,id
        mason-usage,iccid,89148000000800784257
        mason-usage,iccid,89148000000800784259
        """);
    return Files.writeString(
        folder.resolve("simtally.toml"),
        """
        [accounts.mason-eu]
        provider = "mason-usage"
        api_key = "${MASON_API_KEY}"
        base_url = "${MASON_BASE_URL}"
        devices = "devices.csv"
        """);
  }

  private static long requests(MasonSimulator mason, String iccid) {
    return mason.calls(Operation.SERIES_SIM_USAGE).stream()
        .filter(call -> call.pathValue("iccid").equals(Optional.of(iccid)))
        .count();
  }

  private static void writeSettledDay(Path store, String subject) {
    var day = DayRange.of(FIRST);
    var usage =
        new UsageRecord(
            "mason-usage", subject, day.start(), Duration.ofDays(1), 12_345L, null, null, null);
    try (var written = UsageStore.open(store)) {
      var readAt = DayRange.of(LAST).start();
      written.write(
          List.of(new Reading("mason-usage", "mason-eu", subject, day, readAt, List.of(usage))), 3);
    }
  }

  private static List<String> lines(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(each -> each.toString().endsWith(".json"))
          .flatMap(each -> read(each).lines())
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
