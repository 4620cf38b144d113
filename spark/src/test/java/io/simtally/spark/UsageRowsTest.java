package io.simtally.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the rows with the store of {@code simtally sync}. */
@Tag("compatibility")
final class UsageRowsTest {
  /** The number of tasks that were failed on purpose; the tasks run in this process. */
  private static final AtomicInteger FAILED = new AtomicInteger();

  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    spark = LocalSpark.builder().getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"iotx-analytics", "mason-usage", "alef-connectivity"})
  void returnsTheRowsOfSyncForAWholeAccount(String provider) {
    try (var fleet = SimulatedFleet.of(20)) {
      var expected = fleet.synced(folder.resolve("fleet.duckdb"), provider, List.of());

      var usage = fleet.reader(spark, provider).load();

      assertThat(SimulatedFleet.rows(usage)).isNotEmpty().isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mason-usage", "alef-connectivity", "thingspace-m2m", "thingspace-hyperprecise"})
  void returnsTheRowsOfSyncForListedDevices(String provider) throws IOException {
    try (var fleet = SimulatedFleet.of(20)) {
      var devices = fleet.devices(provider);
      var expected = fleet.synced(folder.resolve("fleet.duckdb"), provider, devices);
      var file = SimulatedFleet.write(folder.resolve("devices.csv"), provider, devices);

      var usage =
          fleet
              .reader(spark, provider)
              .option("devices", file.toString())
              .option("devicesPerPartition", 7)
              .load();

      assertThat(SimulatedFleet.rows(usage)).isNotEmpty().isEqualTo(expected);
      assertThat(usage.rdd().getNumPartitions()).isEqualTo(3);
    }
  }

  @Test
  void returnsTheSameRowsWhenTasksFailAndAreRepeated() throws IOException {
    int devices = Integer.getInteger("fleet.devices", 2_000);
    try (var fleet = SimulatedFleet.of(devices)) {
      var listed = fleet.devices("mason-usage");
      var expected = fleet.synced(folder.resolve("fleet.duckdb"), "mason-usage", listed);
      var file = SimulatedFleet.write(folder.resolve("devices.csv"), "mason-usage", listed);
      FAILED.set(0);

      var usage =
          fleet
              .reader(spark, "mason-usage")
              .option("devices", file.toString())
              .option("devicesPerPartition", devices / 10)
              .load()
              .filter(
                  (FilterFunction<Row>)
                      row -> {
                        var task = TaskContext.get();
                        boolean isLost =
                            task.attemptNumber() < 2
                                && task.partitionId() % 3 == 0
                                && row.getString(2).endsWith("7");
                        if (isLost) {
                          FAILED.incrementAndGet();
                          throw new IllegalStateException("lost on purpose");
                        }
                        return true;
                      });
      var rows = SimulatedFleet.rows(usage);

      assertThat(rows).hasSizeGreaterThan(devices);
      assertThat(rows.equals(expected)).as("the rows of sync").isTrue();
      // Partitions 0, 3, 6 and 9, twice each.
      assertThat(FAILED).hasValue(8);
    }
  }

  @Test
  void returnsTheRowsInTheOrderOfTheList() throws IOException {
    try (var fleet = SimulatedFleet.of(200)) {
      var file =
          SimulatedFleet.write(
              folder.resolve("devices.csv"), "mason-usage", fleet.devices("mason-usage"));
      var usage =
          fleet
              .reader(spark, "mason-usage")
              .option("devices", file.toString())
              .option("devicesPerPartition", 50)
              .load();

      var subjects =
          usage.select("subject").collectAsList().stream()
              .map(row -> row.getString(0))
              .distinct()
              .toList();

      assertThat(subjects).isEqualTo(fleet.simulators.mason().iccids());
    }
  }
}
