package io.simtally.examples.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.simulator.carriers.Simulators;
import io.simtally.simulator.mason.MasonSimulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Submits the job as a user does, in a separate process that gets its credentials from the
 * environment.
 */
final class MonthlyUsageTest {
  private static final YearMonth MONTH = YearMonth.now(ZoneOffset.UTC).minusMonths(1);

  @TempDir private Path folder;

  @Test
  void writesParquetByProviderAndMonth() throws Exception {
    var mason = MasonSimulator.builder().days(MONTH.atDay(1), MONTH.atEndOfMonth()).sims(3).build();
    var devices = folder.resolve("devices.csv");
    var lines = new ArrayList<>(List.of("carrier,kind,id"));
    mason.iccids().forEach(iccid -> lines.add("mason-usage,iccid," + iccid));
    lines.add("mason-usage,iccid,89000000000000000001");
    Files.write(devices, lines);
    var out = folder.resolve("usage");
    try (var simulators = Simulators.builder().mason(mason).start()) {
      var said =
          SparkSubmit.run(
              folder,
              simulators.environment(),
              List.of(
                  "--class",
                  MonthlyUsage.class.getName(),
                  System.getProperty("job.jar"),
                  MONTH.toString(),
                  devices.toString(),
                  out.toString(),
                  "mason-usage",
                  "iotx-analytics"));

      assertThat(said).contains("89000000000000000001").contains("404");
      assertThat(said).doesNotContain(mason.apiKey());
      assertThat(out.resolve("provider=mason-usage/month=" + MONTH)).isDirectory();
      assertThat(out.resolve("provider=iotx-analytics")).isDirectory();
      assertThat(read(out, "mason-usage")).isEqualTo(mason.iccids().size());
    }
  }

  private static long read(Path out, String provider) throws Exception {
    try (var database = DriverManager.getConnection("jdbc:duckdb:");
        var query =
            database.prepareStatement(
                "select count(distinct subject) from read_parquet(?, hive_partitioning = true)"
                    + " where provider = ? and total_bytes > 0")) {
      query.setString(1, out + "/*/*/*.parquet");
      query.setString(2, provider);
      var rows = query.executeQuery();
      rows.next();
      return rows.getLong(1);
    }
  }
}
