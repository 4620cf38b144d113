package io.simtally.spark;

import io.simtally.core.DayRange;
import io.simtally.fleet.DevicesFile;
import io.simtally.fleet.source.Device;
import io.simtally.spark.UsagePartition.Portion;
import java.io.IOException;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportPartitioning;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.connector.read.partitioning.Partitioning;
import org.apache.spark.sql.connector.read.partitioning.UnknownPartitioning;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** A scan of the table. The driver divides it into tasks; no request is sent here. */
final class UsageScan implements Scan, Batch, SupportsReportPartitioning, SupportsReportStatistics {
  private final UsageOptions options;
  private final StructType columns;
  private final StartInterval starts;
  private @Nullable List<Portion> portions;

  UsageScan(UsageOptions options, StructType columns, StartInterval starts) {
    this.options = options;
    this.columns = columns;
    this.starts = starts;
  }

  @Override
  public StructType readSchema() {
    return columns;
  }

  @Override
  public String description() {
    return "simtally "
        + options.provider()
        + " "
        + days().map(DayRange::toString).orElse("no day")
        + (options.devices() == null ? ", the whole account" : ", devices " + options.devices());
  }

  @Override
  public Batch toBatch() {
    return this;
  }

  @Override
  public CustomMetric[] supportedCustomMetrics() {
    return UsageMetrics.all();
  }

  @Override
  public InputPartition[] planInputPartitions() {
    var all = portions();
    var shares = shares();
    // With fewer requests per second than executors, only that many tasks may run at once.
    var most = shares.isPresent() ? Math.min(all.size(), shares.get().tasksAtOnce()) : all.size();
    var partitions = new InputPartition[most];
    for (int i = 0; i < most; i++) {
      int first = (int) ((long) all.size() * i / most);
      int next = (int) ((long) all.size() * (i + 1) / most);
      partitions[i] = new UsagePartition(all.subList(first, next));
    }
    return partitions;
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new UsageReaderFactory(
        new SourceKey(
            options.provider(),
            options.concurrency(),
            shares().map(RateShares::forEachExecutor).orElse(null),
            options.credentialsProvider()),
        RowColumn.of(columns),
        options.days().from(),
        options.days().to(),
        starts.from(),
        options.devicesPerPartition(),
        options.onFailure());
  }

  /** {@return the useful number of concurrent tasks} */
  @Override
  public Partitioning outputPartitioning() {
    return new UnknownPartitioning(planInputPartitions().length);
  }

  /** {@return one row for each listed device and day; without a list, Spark's own estimate} */
  @Override
  public Statistics estimateStatistics() {
    var days = days();
    var devices =
        options.devices() == null
            ? OptionalLong.empty()
            : OptionalLong.of(
                portions().stream()
                    .filter(portion -> portion.devices() != null)
                    .mapToLong(portion -> portion.devices().size())
                    .sum());
    var rows =
        days.isEmpty()
            ? OptionalLong.of(0)
            : devices.isEmpty()
                ? devices
                : OptionalLong.of(devices.getAsLong() * days.get().days());
    return new Estimate(rows, columns.defaultSize());
  }

  private record Estimate(OptionalLong numRows, int rowBytes) implements Statistics {
    @Override
    public OptionalLong sizeInBytes() {
      return numRows.isEmpty() ? numRows : OptionalLong.of(numRows.getAsLong() * rowBytes);
    }
  }

  private Optional<RateShares> shares() {
    return Optional.ofNullable(options.requestsPerSecond())
        .map(rate -> RateShares.of(rate, SparkSession.active().sparkContext()));
  }

  /** Returns the requested days that can pass the filters. */
  private Optional<DayRange> days() {
    var asked =
        new StartInterval(
                RowColumn.micros(options.days().start()), RowColumn.micros(options.days().end()))
            .and(starts);
    return asked.from() >= asked.until()
        ? Optional.empty()
        : Optional.of(
            DayRange.of(
                DayRange.dayOf(RowColumn.moment(asked.from())),
                DayRange.dayOf(RowColumn.moment(asked.until() - 1))));
  }

  private synchronized List<Portion> portions() {
    if (portions == null) {
      portions = days().map(this::portions).orElse(List.of());
    }
    return portions;
  }

  private List<Portion> portions(DayRange days) {
    if (options.devices() == null) {
      return account(days);
    }
    var lists = lists(options.devices());
    if (!lists.isEmpty()) {
      return lists.stream().map(list -> new Portion(list, days.from(), days.to())).toList();
    }
    var needed = options.carrier().deviceRequirement();
    if (needed != null) {
      throw new IllegalArgumentException(
          "devices file "
              + options.devices()
              + " lists no device of "
              + options.provider()
              + ", which needs "
              + needed);
    }
    // As for the command: a list without devices of this carrier means its whole account.
    return account(days);
  }

  /** Reads the devices file once, in the driver, from any file system of Hadoop. */
  private List<DeviceList> lists(String file) {
    var path = new Path(file);
    var lists = new ArrayList<DeviceList>();
    var part = new ArrayList<Device>();
    try (var in =
        path.getFileSystem(SparkSession.active().sessionState().newHadoopConf()).open(path)) {
      var listed =
          DevicesFile.read("devices file " + file, in, UsageOptions.carriers())
              .of(options.provider());
      for (var device : listed) {
        part.add(device);
        if (part.size() == options.devicesPerPartition()) {
          lists.add(DeviceList.of(part));
          part.clear();
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read the devices file " + file + " (" + e.getClass().getSimpleName() + ")", e);
    }
    if (!part.isEmpty()) {
      lists.add(DeviceList.of(part));
    }
    return lists;
  }

  private List<Portion> account(DayRange days) {
    var parts = new ArrayList<Portion>();
    for (var from = days.from(); !from.isAfter(days.to()); from = lastOfPart(from).plusDays(1)) {
      var last = lastOfPart(from);
      parts.add(new Portion(null, from, last.isAfter(days.to()) ? days.to() : last));
    }
    return parts;
  }

  private LocalDate lastOfPart(LocalDate from) {
    // A page of most providers contains a month.
    var ofMonth = from.with(TemporalAdjusters.lastDayOfMonth());
    var ofReading = from.plusDays(options.carrier().daysAtOnce() - 1L);
    return ofReading.isBefore(ofMonth) ? ofReading : ofMonth;
  }

  /**
   * Returns whether both scans read the same. Spark then reads once for a query that names the
   * table twice.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UsageScan scan
        && options.equals(scan.options)
        && columns.equals(scan.columns)
        && starts.equals(scan.starts);
  }

  @Override
  public int hashCode() {
    return Objects.hash(options, columns, starts);
  }
}
