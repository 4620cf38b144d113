package io.simtally.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.simulator.Operation;
import io.simtally.simulator.RecordedCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts the requests of queries that need little of a long list, or one of several accounts. */
@Tag("compatibility")
final class PushDownTest {
  private static final int LISTED = 100_000;

  private static SparkSession spark;

  @TempDir private Path folder;
  private SimulatedFleet fleet;

  @BeforeAll
  static void startSpark() {
    spark = LocalSpark.builder().getOrCreate();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @BeforeEach
  void startFleet() {
    fleet = SimulatedFleet.of(60);
  }

  @AfterEach
  void stopFleet() {
    fleet.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          subject = '%s'                                                            | 1
          '%s' = subject                                                            | 1
          subject in ('%s', '%s')                                                   | 2
          (subject = '%s' or subject = '%s') and total_bytes >= 0                   | 2
          account = 'mason-usage' and provider = 'mason-usage' and subject = '%s'   | 1
          subject = '%s' and account = 'other'                                      | 0
          subject = '%s' and provider = 'iotx-analytics'                            | 0
          subject in ('%s', 'x') and subject = 'x'                                  | 0
          """)
  void requestsTheDevicesThatPassAFilter(String filter, int requests) throws IOException {
    var ids = fleet.simulators.mason().iccids();
    var sql = filter.formatted(ids.get(7), ids.get(40));

    var rows = SimulatedFleet.rows(longList().where(sql));

    assertThat(seriesCalls()).hasSize(requests);
    assertThat(rows)
        .isEqualTo(
            SimulatedFleet.rows(realList().where(sql.replace("subject", "concat(subject, '')"))));
  }

  @Test
  void requestsAllDevicesForAFilterOnSomethingElse() throws IOException {
    var ids = fleet.simulators.mason().iccids();

    assertThat(realList().where("subject = '" + ids.get(0) + "' or total_bytes >= 0").count())
        .isEqualTo(realList().count());
  }

  @Test
  void showsTwentyRowsWithFewRequests() throws IOException {
    longList().show(20);

    assertThat(calls()).hasSizeBetween(1, 40);
    assertThat(longList().limit(35).collectAsList()).hasSize(35);
  }

  @Test
  void readsOnUntilTheLimitIsReached() throws IOException {
    var all = realList().count();

    assertThat(realList().limit((int) all - 1).collectAsList()).hasSize((int) all - 1);
    assertThat(realList().limit((int) all + 1).collectAsList()).hasSize((int) all);
  }

  @Test
  void requestsTheDevicesOfAJoin() throws IOException {
    var ids = fleet.simulators.mason().iccids();
    // Spark uses a join to select devices if the other table is small and has a filter.
    var customers = folder.resolve("customers.csv");
    Files.writeString(customers, "iccid,name\n" + ids.get(3) + ",a\n" + ids.get(9) + ",b\n");
    spark
        .read()
        .option("header", true)
        .csv(customers.toString())
        .createOrReplaceTempView("customers");
    longList().createOrReplaceTempView("usage");

    var joined =
        spark.sql(
            "select /*+ broadcast(customers) */ usage.* from usage"
                + " join customers on usage.subject = customers.iccid where customers.name = 'b'");
    var rows = SimulatedFleet.rows(joined);

    assertThat(rows)
        .isNotEmpty()
        .isEqualTo(SimulatedFleet.rows(realList().where("subject = '" + ids.get(9) + "'")));
    assertThat(seriesCalls()).as("one for the join, one for the comparison").hasSize(2);
  }

  @Test
  void readsTheAccountsOfAConfigurationFile() throws IOException {
    try (var other = SimulatedFleet.of(5)) {
      var config = config(fleet, other);
      var usage = configured(config).option("provider", "mason-usage").load();

      assertThat(usage.groupBy("account").count().collectAsList())
          .extracting(row -> row.getString(0))
          .containsExactlyInAnyOrder("mason-eu", "mason-us");
      int before = other.simulators.mason().calls().size();
      var mine = usage.where("account = 'mason-eu'");
      assertThat(SimulatedFleet.rows(mine))
          .isNotEmpty()
          .isEqualTo(SimulatedFleet.rows(configured(config).option("account", "mason-eu").load()));
      assertThat(other.simulators.mason().calls()).hasSize(before);
    }
  }

  @Test
  void readsTheDevicesFileOfAnAccount() throws IOException {
    try (var other = SimulatedFleet.of(5)) {
      var config = config(fleet, other);
      Files.writeString(config, Files.readString(config) + "devices = \"us.csv\"\n");
      var listed = SimulatedFleet.iccids(other.simulators.mason().iccids().subList(0, 2));
      SimulatedFleet.write(folder.resolve("us.csv"), "mason-usage", listed);

      var usage = configured(config).option("account", "mason-us").load();

      assertThat(usage.select("subject").distinct().count()).isEqualTo(2);
      assertThatThrownBy(
              () ->
                  configured(config)
                      .option("account", "mason-us")
                      .option("devices", folder.resolve("us.csv").toString())
                      .load()
                      .count())
          .hasStackTraceContaining("are listed twice");
    }
  }

  @Test
  void refusesAnUnknownAccount() throws IOException {
    try (var other = SimulatedFleet.of(5)) {
      var config = config(fleet, other);

      assertThatThrownBy(() -> configured(config).option("account", "mason-eux").load().count())
          .hasStackTraceContaining("unknown account `mason-eux`; did you mean `mason-eu`?");
      assertThatThrownBy(() -> spark.read().format("simtally").option("account", "x").load())
          .hasMessageContaining(
              "unknown account 'x': without the option config, the accounts are ");
      assertThatThrownBy(() -> spark.read().format("simtally").load())
          .hasMessageContaining("the option provider or account is missing");
    }
  }

  private DataFrameReader configured(Path config) {
    return spark
        .read()
        .format("simtally")
        .option("config", config.toString())
        .option("from", SimulatedFleet.DAYS.from().toString())
        .option("to", SimulatedFleet.DAYS.to().toString());
  }

  private Path config(SimulatedFleet eu, SimulatedFleet us) throws IOException {
    var text = new StringBuilder();
    for (var each : List.of(eu, us)) {
      var variables = each.simulators.environment();
      text.append(each == eu ? "[accounts.mason-eu]\n" : "[accounts.mason-us]\n")
          .append("provider = \"mason-usage\"\n")
          .append("api_key = \"" + variables.get("MASON_API_KEY") + "\"\n")
          .append("base_url = \"" + variables.get("MASON_BASE_URL") + "\"\n");
    }
    return Files.writeString(folder.resolve("simtally.toml"), text);
  }

  private Dataset<Row> realList() throws IOException {
    return fleet
        .reader(spark, "mason-usage")
        .option("devices", list("real.csv", fleet.simulators.mason().iccids()))
        .load();
  }

  /** The devices of the fleet, followed by many unknown ones. */
  private Dataset<Row> longList() throws IOException {
    var ids = new ArrayList<>(fleet.simulators.mason().iccids());
    for (int i = ids.size(); i < LISTED; i++) {
      ids.add("8900000000%08d7".formatted(i));
    }
    return fleet.reader(spark, "mason-usage").option("devices", list("long.csv", ids)).load();
  }

  private String list(String name, List<String> ids) throws IOException {
    return SimulatedFleet.write(folder.resolve(name), "mason-usage", SimulatedFleet.iccids(ids))
        .toString();
  }

  private List<RecordedCall> calls() {
    return fleet.simulators.mason().calls();
  }

  private List<RecordedCall> seriesCalls() {
    return fleet.simulators.mason().calls(Operation.SERIES_SIM_USAGE);
  }
}
