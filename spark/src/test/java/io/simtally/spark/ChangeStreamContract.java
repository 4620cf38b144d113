package io.simtally.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.store.Reading;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams a store that is written day by day, with many restarts, into files. */
abstract class ChangeStreamContract {
  static final LocalDate FIRST = LocalDate.parse("2026-01-01");
  private static final int DAYS = 30;
  static final int SETTLE_AFTER = 3;
  private static final String PROVIDER = "mason-usage";
  private static final String ACCOUNT = "mason-eu";

  /** Whether a task fails in the middle of a batch; tasks run in this process. */
  private static final AtomicBoolean FAILS = new AtomicBoolean();

  private static SparkSession spark;

  @TempDir Path folder;

  /** The bytes of each device and day, by the carrier's latest figures. */
  private final Map<String, Map<LocalDate, Long>> truth = new TreeMap<>();

  /** Returns the path or the URL of a store that belongs to one test. */
  abstract String store();

  @BeforeAll
  static void startSpark() {
    spark = LocalSpark.builder().getOrCreate();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @Test
  void returnsEachSettledDayAndEachCorrectionOnce() {
    var random = new Random(27);
    int restarts = 0;
    for (int today = 1; today <= DAYS; today++) {
      sync(FIRST.plusDays(today), random);
      if (today % 3 != 0) {
        // Some restarts follow a batch that failed half-way, while the store changes.
        FAILS.set(restarts % 5 == 2);
        if (FAILS.get()) {
          assertThatThrownBy(this::stream).hasStackTraceContaining("lost on purpose");
          correct(FIRST, FIRST.plusDays(today), random);
          FAILS.set(false);
        }
        stream();
        restarts++;
      }
    }
    stream();

    assertThat(restarts).isEqualTo(20);
    assertReturned();
  }

  @Test
  void findsACorrectionThatCommitsAfterLaterOnes() {
    var settledAt = FIRST.plusDays(SETTLE_AFTER + 1);
    write("a", FIRST, 10, start(settledAt));
    write("b", FIRST, 20, start(settledAt));
    stream();
    write("a", FIRST, 11, start(settledAt).plusSeconds(100));
    stream();

    // A transaction that noticed its correction earlier, and took longer.
    write("b", FIRST, 21, start(settledAt).plusSeconds(50));
    stream();

    assertThat(returned("correction")).hasSize(2);
    assertReturned();
  }

  @Test
  void returnsADayOfAnAccountForEachDeviceThatUsedIt() {
    var readAt = start(FIRST.plusDays(10));
    var days = DayRange.of(FIRST, FIRST.plusDays(2));
    try (var store = UsageStore.open(store(), System.getenv())) {
      store.write(
          List.of(
              new Reading(
                  PROVIDER,
                  ACCOUNT,
                  UsageStore.ACCOUNT,
                  days,
                  readAt,
                  List.of(usage("a", FIRST, 5), usage("b", FIRST.plusDays(1), 6)))),
          SETTLE_AFTER);
    }
    stream();
    write("a", FIRST, 5, readAt.plusSeconds(1));
    write("c", FIRST, 7, readAt.plusSeconds(2));
    stream();

    assertThat(texts("settled"))
        .containsExactlyInAnyOrder("a 2026-01-01 5", "b 2026-01-02 6", "* 2026-01-03 0");
    assertThat(texts("correction")).containsExactly("c 2026-01-01 7");
  }

  @Test
  void refusesUnknownOptionsAndBatchReads() {
    var reader = spark.readStream().format("simtally").option("store", store());

    assertThatThrownBy(() -> reader.option("devices", "x").load())
        .hasMessageContaining("unknown option 'devices', known with the option store are store,");
    assertThatThrownBy(
            () ->
                spark
                    .readStream()
                    .format("simtally")
                    .option("store", "jdbc:postgresql://h/d?user=u&password=s3cr3t")
                    .load())
        .hasMessageContaining("the option store contains a password")
        .satisfies(e -> assertThat(e.toString()).doesNotContain("s3cr3t"));
    assertThatThrownBy(
            () -> spark.read().format("simtally").option("store", store()).load().count())
        .hasMessageContaining("the option store makes a stream: use readStream");
  }

  /** Reads the days that are not settled, as a sync does, and corrects some older ones. */
  private void sync(LocalDate today, Random random) {
    var readings = new ArrayList<Reading>();
    for (int back = SETTLE_AFTER + 1; back >= 1; back--) {
      var day = today.minusDays(back);
      if (!day.isBefore(FIRST)) {
        for (int device = 0; device < 6; device++) {
          // A device that used nothing has a zero, known by its coverage.
          long bytes = device == 5 ? 0 : 1_000L * (device + 1) + random.nextInt(3);
          readings.add(reading("device" + device, day, bytes, start(today).plusSeconds(device)));
        }
      }
    }
    try (var store = UsageStore.open(store(), System.getenv())) {
      store.write(readings, SETTLE_AFTER);
    }
    correct(FIRST, today, random);
  }

  private void correct(LocalDate from, LocalDate today, Random random) {
    var day = from.plusDays(random.nextInt((int) (today.toEpochDay() - from.toEpochDay())));
    if (truth.getOrDefault("device0", Map.of()).containsKey(day)) {
      write("device0", day, 50_000 + random.nextInt(1_000), start(today).plusSeconds(60));
    }
  }

  private void write(String device, LocalDate day, long bytes, Instant readAt) {
    try (var store = UsageStore.open(store(), System.getenv())) {
      store.write(List.of(reading(device, day, bytes, readAt)), SETTLE_AFTER);
    }
  }

  /** Returns what a sync reads of a device on a day, which becomes the truth. */
  Reading reading(String device, LocalDate day, long bytes, Instant readAt) {
    truth.computeIfAbsent(device, key -> new HashMap<>()).put(day, bytes);
    var records = bytes == 0 ? List.<UsageRecord>of() : List.of(usage(device, day, bytes));
    return new Reading(PROVIDER, ACCOUNT, device, DayRange.of(day), readAt, records);
  }

  private static UsageRecord usage(String device, LocalDate day, long bytes) {
    return new UsageRecord(
        PROVIDER, device, start(day), Duration.ofDays(1), bytes, null, null, null);
  }

  static Instant start(LocalDate day) {
    return DayRange.of(day).start();
  }

  /** Starts the query, which returns what the store has now, and ends. */
  void stream() {
    // Spark joins this folder and the name of the query. DataStreamWriter.option has another type
    // in
    // Spark 4, which the compiled test cannot call.
    spark.conf().set("spark.sql.streaming.checkpointLocation", folder.toString());
    try {
      var store = store();
      // #region changes
      Dataset<Row> changes = spark.readStream().format("simtally").option("store", store).load();
      // #endregion changes
      var query =
          changes
              .filter(
                  (FilterFunction<Row>)
                      row -> {
                        if (FAILS.get()) {
                          throw new IllegalStateException("lost on purpose");
                        }
                        return true;
                      })
              .writeStream()
              .format("json")
              .queryName("checkpoint")
              .trigger(Trigger.AvailableNow())
              .start(folder.resolve("changes").toString());
      query.awaitTermination();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Compares the files with the ledger of the store and with the truth. */
  void assertReturned() {
    var settled = new HashMap<String, Long>();
    for (var row : returned("settled")) {
      assertThat(settled.put(key(row), total(row))).as("settled once: " + key(row)).isNull();
    }
    var expected = new ArrayList<String>();
    try (var store = UsageStore.open(store(), System.getenv());
        var corrections = store.corrections(UsageQuery.all())) {
      corrections.forEach(
          each ->
              expected.add(
                  each.subject()
                      + " "
                      + each.day()
                      + " "
                      + each.beforeBytes()
                      + " "
                      + each.afterBytes()));
    }
    assertThat(returned("correction"))
        .extracting(row -> key(row) + " " + row.<Long>getAs("before_bytes") + " " + total(row))
        .containsExactlyInAnyOrderElementsOf(expected);
    // A settled figure and its later corrections make up the latest figure.
    for (var row : returned("correction")) {
      if (row.<Boolean>getAs("after_settled")) {
        settled.merge(key(row), total(row) - row.<Long>getAs("before_bytes"), Long::sum);
      }
    }
    var last =
        truth.values().stream().flatMap(each -> each.keySet().stream()).max(LocalDate::compareTo);
    var latest = new HashMap<String, Long>();
    truth.forEach(
        (device, days) ->
            days.forEach(
                (day, bytes) -> {
                  if (settled.containsKey(device + " " + day)
                      || day.isBefore(last.orElseThrow().minusDays(SETTLE_AFTER))) {
                    latest.put(device + " " + day, bytes);
                  }
                }));
    assertThat(settled).isEqualTo(latest);
  }

  private List<Row> returned(String kind) {
    return spark
        .read()
        .schema(
            "kind string, provider string, account string, subject string, day date, total_bytes"
                + " bigint, before_bytes bigint, noticed_at timestamp, after_settled boolean")
        .json(folder.resolve("changes").toString())
        .where("kind = '" + kind + "'")
        .collectAsList();
  }

  private List<String> texts(String kind) {
    return returned(kind).stream().map(row -> key(row) + " " + total(row)).toList();
  }

  private static String key(Row row) {
    return row.<String>getAs("subject") + " " + row.getAs("day");
  }

  private static long total(Row row) {
    return row.<Long>getAs("total_bytes");
  }
}
