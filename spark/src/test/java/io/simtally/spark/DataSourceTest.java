package io.simtally.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.fleet.source.Device;
import io.simtally.simulator.Fault;
import io.simtally.simulator.Operation;
import io.simtally.simulator.RecordedCall;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The requests that a query sends, and the messages for wrong options. */
final class DataSourceTest {
  private static final LocalDate FROM = SimulatedFleet.DAYS.from();

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
    fleet = SimulatedFleet.of(12);
  }

  @AfterEach
  void stopFleet() {
    fleet.close();
  }

  @Test
  void hasTheColumnsOfTheStoreWithAFailure() {
    assertThat(fleet.reader(spark, "iotx-analytics").load().schema().toDDL())
        .isEqualTo(
            "provider STRING,account STRING,subject STRING,start_time TIMESTAMP,period_seconds BIGINT,"
                + "total_bytes BIGINT,uplink_bytes BIGINT,downlink_bytes BIGINT,source STRING,"
                + "failure STRING");
    assertThat(calls()).isEmpty();
  }

  @Test
  void readsAnAccountWithDailyAnswersInPartitionsOfDays() {
    var usage = fleet.reader(spark, "iotx-analytics").load();

    assertThat(usage.rdd().getNumPartitions()).isEqualTo(10);
    assertThat(usage.count()).isEqualTo(SimulatedFleet.rows(usage).size());
  }

  @Test
  void readsAnotherAccountInPartitionsOfMonths() {
    var usage =
        fleet
            .reader(spark, "alef-connectivity")
            .option("from", FROM.minusMonths(2).withDayOfMonth(17).toString())
            .option("to", FROM.withDayOfMonth(2).toString())
            .load();

    assertThat(usage.rdd().getNumPartitions()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          start_time >= '%s 00:00:00' and start_time < '%s 00:00:00' | 2 | 5 | 2 | 4
          start_time > '%s 12:00:00' and start_time <= '%s 00:00:00' | 2 | 4 | 2 | 4
          date(start_time) = '%s' or date(start_time) = '%s'         | 3 | 5 | 3 | 5
          cast(start_time as date) between '%s' and '%s'             | 3 | 5 | 3 | 5
          start_time in (timestamp '%s 00:00:00', timestamp '%s 00:00:00') | 8 | 6 | 6 | 8
          '%s 00:00:00' <= start_time and '%s 00:00:00' > start_time | 1 | 3 | 1 | 2
          """)
  void requestsTheDaysThatPassAFilter(String filter, int one, int other, int first, int last) {
    var sql = filter.formatted(FROM.plusDays(one), FROM.plusDays(other));
    var all = fleet.reader(spark, "iotx-analytics").load();
    var expected = SimulatedFleet.rows(all.where("length(provider) > 0").where(hidden(sql)));
    int before = calls().size();

    var filtered = SimulatedFleet.rows(all.where(sql));

    assertThat(filtered).isNotEmpty().isEqualTo(expected);
    assertThat(calls().stream().skip(before).map(call -> call.query("startDate").orElse("")))
        .map(start -> LocalDate.parse(start.substring(0, 10)))
        .containsExactlyInAnyOrderElementsOf(
            FROM.plusDays(first).datesUntil(FROM.plusDays(last + 1)).toList());
  }

  /** Returns an equivalent filter in which the source cannot recognize the start time. */
  private static String hidden(String filter) {
    return filter.replace("start_time", "timestamp_micros(unix_micros(start_time) + 0)");
  }

  @Test
  void requestsTheDaysOfTheSessionsTimeZone() {
    spark.conf().set("spark.sql.session.timeZone", "America/Chicago");
    try {
      var all = fleet.reader(spark, "iotx-analytics").load();
      var filter = "date(start_time) = '" + FROM.plusDays(1) + "'";
      var expected = SimulatedFleet.rows(all.where(hidden(filter)));
      int before = calls().size();

      assertThat(SimulatedFleet.rows(all.where(filter))).isNotEmpty().isEqualTo(expected);
      // The day starts in the morning of a UTC day and ends on the next morning.
      assertThat(calls()).hasSize(before + 2);
    } finally {
      spark.conf().set("spark.sql.session.timeZone", "UTC");
    }
  }

  @Test
  void sendsNothingForAFilterThatNoDayPasses() {
    assertThat(
            fleet.reader(spark, "iotx-analytics").load().where("start_time < '1999-01-01'").count())
        .isZero();
    assertThat(calls()).isEmpty();
  }

  @Test
  void readsOnlyTheColumnsThatAQueryNeeds() {
    var usage = fleet.reader(spark, "iotx-analytics").load();

    var sum = usage.groupBy("subject").sum("total_bytes");

    assertThat(sum.queryExecution().executedPlan().toString())
        .contains("BatchScan")
        .contains("subject#")
        .contains("total_bytes#")
        .doesNotContain("uplink_bytes#")
        .doesNotContain("failure#");
    assertThat(sum.count()).isEqualTo(12);
    assertThat(usage.count()).isEqualTo(SimulatedFleet.rows(usage).size());
  }

  @Test
  void readsATableOnceThatAQueryNamesTwice() {
    var usage = fleet.reader(spark, "iotx-analytics").load().groupBy("subject").sum("total_bytes");

    assertThat(usage.join(usage.withColumnRenamed("sum(total_bytes)", "again"), "subject").count())
        .isEqualTo(12);
    assertThat(calls()).hasSize(10);
  }

  @Test
  void refusesADeviceThatIsListedTwice() throws IOException {
    var device = fleet.devices("mason-usage").get(0);

    var usage = masonReader(List.of(device, device)).load();

    assertThatThrownBy(usage::count).hasStackTraceContaining("is already listed on line 2");
    assertThat(fleet.simulators.mason().calls(Operation.SERIES_SIM_USAGE)).isEmpty();
  }

  @Test
  void failsWithTheDeviceThatCannotBeRead() throws IOException {
    var usage = masonReader(withAnUnknownOne()).load();

    assertThatThrownBy(usage::collectAsList)
        .hasStackTraceContaining("mason-usage: iccid 89000000000000000001 could not be read for ")
        .hasStackTraceContaining("404");
  }

  @Test
  void keepsADeviceThatCannotBeReadAsARow() throws IOException {
    var reader = masonReader(withAnUnknownOne()).option("onFailure", "keep");
    var usage = reader.load();

    var failed = usage.where("failure is not null").collectAsList();

    assertThat(failed).hasSize(1);
    var row = failed.get(0);
    assertThat(row.getString(0)).isEqualTo("mason-usage");
    assertThat(row.getString(2)).isEqualTo("89000000000000000001");
    assertThat(row.getTimestamp(3).toInstant()).isEqualTo(SimulatedFleet.DAYS.start());
    assertThat(row.getLong(4)).isEqualTo(10 * 86_400);
    assertThat(row.isNullAt(5)).isTrue();
    assertThat(row.getString(9)).contains("404");
    assertThat(SimulatedFleet.rows(usage.where("failure is null")))
        .isEqualTo(
            fleet.synced(
                folder.resolve("fleet.duckdb"), "mason-usage", fleet.devices("mason-usage")));
    // A filter on days keeps the row.
    assertThat(
            usage
                .where("start_time > '" + FROM.plusDays(3) + " 12:00:00'")
                .where("failure is not null")
                .count())
        .isOne();
  }

  @Test
  void failsIfACredentialIsRefusedEvenWithKeep() throws IOException {
    var usage = masonReader(fleet.devices("mason-usage")).option("onFailure", "keep").load();
    TestCredentials.set(changed("MASON_API_KEY", "8d1c3ab0-refused"));

    assertThatThrownBy(usage::collectAsList)
        .hasStackTraceContaining("a credential is refused")
        .satisfies(e -> assertThat(e).hasStackTraceContaining("401"))
        .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("8d1c3ab0-refused"));
  }

  @Test
  void continuesWithRefreshedCredentials() throws IOException {
    var usage = masonReader(fleet.devices("mason-usage")).load();
    TestCredentials.set(changed("MASON_API_KEY", "8d1c3ab0-refused"));
    assertThatThrownBy(usage::count).isNotNull();

    TestCredentials.set(fleet.simulators.environment());

    assertThat(usage.count()).isPositive();
  }

  @Test
  void namesTheMissingVariable() throws IOException {
    var usage = masonReader(fleet.devices("mason-usage")).load();
    TestCredentials.set(changed("MASON_API_KEY", ""));

    assertThatThrownBy(usage::count).hasStackTraceContaining("MASON_API_KEY");
    assertThat(calls()).isEmpty();
  }

  @Test
  void slowsDownOnTooManyRequestsAndLosesNoRow() throws IOException {
    fleet.simulators.mason().next(Fault.tooManyRequests(), Fault.tooManyRequests());
    var devices = fleet.devices("mason-usage");

    var usage = masonReader(devices).option("requestsPerSecond", 200).load();

    assertThat(SimulatedFleet.rows(usage))
        .isEqualTo(fleet.synced(folder.resolve("fleet.duckdb"), "mason-usage", devices));
    assertThat(fleet.simulators.mason().unmet()).isEmpty();
  }

  @Test
  @Tag("compatibility")
  void readsAsASqlTable() throws IOException {
    var devices = fleet.devices("thingspace-m2m");
    var file = SimulatedFleet.write(folder.resolve("devices.csv"), "thingspace-m2m", devices);
    spark.sql("DROP TABLE IF EXISTS usage");
    spark.sql(
        """
        CREATE TABLE usage USING simtally OPTIONS (
          carrier 'thingspace-m2m', devices '%s', devicesPerPartition '5', from '%s', to '%s',
          credentialsProvider '%s')
        """
            .formatted(file, FROM, SimulatedFleet.DAYS.to(), TestCredentials.class.getName()));

    var usage = spark.sql("SELECT * FROM usage");

    assertThat(SimulatedFleet.rows(usage))
        .isEqualTo(fleet.synced(folder.resolve("fleet.duckdb"), "thingspace-m2m", devices));
    assertThat(usage.rdd().getNumPartitions()).isEqualTo(3);
    spark.sql("DROP TABLE usage");
  }

  @Test
  @Tag("compatibility")
  void readsTheDevicesOfAColumn() {
    var imeis = new ArrayList<Row>();
    for (var device : fleet.devices("thingspace-hyperprecise")) {
      imeis.add(RowFactory.create(device.id(), device.account()));
    }
    imeis.add(imeis.get(0));
    var table =
        spark.createDataFrame(
            imeis,
            new StructType()
                .add("modem", DataTypes.StringType)
                .add("customer", DataTypes.StringType));

    var usage =
        DeviceColumn.of(table, "modem")
            .kind("imei")
            .account("customer")
            .reader("thingspace-hyperprecise")
            .option("credentialsProvider", TestCredentials.class.getName())
            .option("from", FROM.toString())
            .option("to", SimulatedFleet.DAYS.to().toString())
            .load();

    assertThat(SimulatedFleet.rows(usage))
        .isEqualTo(
            fleet.synced(
                folder.resolve("fleet.duckdb"),
                "thingspace-hyperprecise",
                fleet.devices("thingspace-hyperprecise")));
    assertThatThrownBy(() -> DeviceColumn.of(table.limit(0), "modem").reader("mason-usage"))
        .hasMessage("the column modem holds no device");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          apiKey              | s3cr3t     | unknown option 'apikey', known are provider, carrier, account, config,
          provider            | vodafone   | unknown provider 'vodafone', known are iotx-analytics,
          provider            | thingspace-m2m | thingspace-m2m needs the option devices: its devices
          from                | 5.1.2026   | the option from is '5.1.2026', and not a day such as 2026-01-31
          to                  | 2999-01-01 | the option to (2999-01-01) is after today
          to                  | 1999-01-01 | is after to (1999-01-01)
          devicesPerPartition | 0          | the option devicesPerPartition is '0', and not a whole number of at least 1
          requestsPerSecond   | fast       | the option requestsPerSecond is 'fast', and not
          concurrency         | -1         | the option concurrency is '-1', and not
          onFailure           | ignore     | the option onFailure is 'ignore', and neither fail nor keep
          credentialsProvider | java.lang.String | the option credentialsProvider is 'java.lang.String', and not a public class
          devices             | /nowhere.csv | cannot read the devices file /nowhere.csv (FileNotFoundException)
          """)
  void refusesInvalidOptionsBeforeAnyRequest(String option, String value, String message) {
    var reader = fleet.reader(spark, "mason-usage").option(option, value);

    assertThatThrownBy(() -> reader.load().count())
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("s3cr3t"));
    assertThat(calls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          iccid,id                             | line 1: the column provider is missing
          carrier,kind,id;vodafone,iccid,1     | line 2: unknown provider `vodafone`, known are alef-connectivity,
          carrier,kind,id;mason-usage,imei,1   | line 2: imei 1: mason-usage asks for the kind iccid
          carrier,kind,id;mason-usage,iccid,8.9E+18 | line 2: id `8.9E+18` looks like a spreadsheet-rounded number
          carrier,kind,id;mason-usage,iccid,89148000000800784259;mason-usage,iccid | line 3: no id
          """)
  void namesTheWrongLineOfADevicesFile(String lines, String message) throws IOException {
    var file = folder.resolve("devices.csv");
    Files.writeString(file, lines.replace(';', '\n') + "\n");

    assertThatThrownBy(
            () ->
                fleet
                    .reader(spark, "mason-usage")
                    .option("devices", file.toString())
                    .load()
                    .count())
        .hasMessageContaining("devices file " + file + " " + message);
    assertThat(calls()).isEmpty();
  }

  @Test
  void refusesAUserDefinedSchema() {
    assertThatThrownBy(() -> fleet.reader(spark, "mason-usage").schema("id BIGINT").load())
        .hasMessageContaining("the columns of simtally cannot be chosen: they are ");
  }

  private DataFrameReader masonReader(List<Device> devices) throws IOException {
    return fleet
        .reader(spark, "mason-usage")
        .option("devicesPerPartition", 5)
        .option(
            "devices",
            SimulatedFleet.write(folder.resolve("devices.csv"), "mason-usage", devices).toString());
  }

  private List<Device> withAnUnknownOne() {
    var devices = new ArrayList<>(fleet.devices("mason-usage"));
    devices.add(7, new Device("iccid", "89000000000000000001"));
    return devices;
  }

  private Map<String, String> changed(String variable, String value) {
    var variables = new HashMap<>(fleet.simulators.environment());
    variables.put(variable, value);
    return variables;
  }

  private static String stackTrace(Throwable e) {
    var text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private List<RecordedCall> calls() {
    var calls = new ArrayList<RecordedCall>(fleet.simulators.iotx().calls());
    calls.addAll(fleet.simulators.mason().calls());
    calls.addAll(fleet.simulators.thingSpace().calls());
    return calls;
  }
}
