package io.simtally.spark;

import io.simtally.core.DayRange;
import io.simtally.fleet.source.Device;
import io.simtally.spark.UsagePartition.Portion;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportPartitioning;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.connector.read.SupportsRuntimeV2Filtering;
import org.apache.spark.sql.connector.read.partitioning.Partitioning;
import org.apache.spark.sql.connector.read.partitioning.UnknownPartitioning;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A scan of the table. The driver divides it into tasks. Before they start, one executor logs in to
 * each account that needs a login; the driver sends no request itself.
 */
final class UsageScan
    implements Scan,
        Batch,
        SupportsReportPartitioning,
        SupportsReportStatistics,
        SupportsRuntimeV2Filtering {
  private final UsageOptions options;
  private final StructType columns;
  private final UsageFilter filter;
  private final int limit;
  private UsageFilter runtimeFilter = UsageFilter.ALL;
  private @Nullable List<TargetAccount> targets;
  private int executors;

  UsageScan(UsageOptions options, StructType columns, UsageFilter filter, int limit) {
    this.options = options;
    this.columns = columns;
    this.filter = filter;
    this.limit = limit;
  }

  @Override
  public StructType readSchema() {
    return columns;
  }

  @Override
  public String description() {
    return "simtally "
        + options.name()
        + " "
        + days().map(DayRange::toString).orElse("no day")
        + (options.devices() == null ? "" : ", devices " + options.devices())
        + (filter.subjects() == null ? "" : ", " + filter.subjects().size() + " subjects")
        + (limit == Integer.MAX_VALUE ? "" : ", limit " + limit);
  }

  @Override
  public Batch toBatch() {
    return this;
  }

  /** {@return that no task has columns, without planning the tasks} */
  @Override
  public ColumnarSupportMode columnarSupportMode() {
    return ColumnarSupportMode.UNSUPPORTED;
  }

  @Override
  public CustomMetric[] supportedCustomMetrics() {
    return UsageMetrics.all();
  }

  /** {@return the columns by which a join can narrow the devices and days} */
  @Override
  public NamedReference[] filterAttributes() {
    return Stream.of(RowColumn.PROVIDER, RowColumn.ACCOUNT, RowColumn.SUBJECT, RowColumn.START_TIME)
        .map(RowColumn::label)
        // Spark refuses a column that the query does not read.
        .filter(label -> List.of(columns.fieldNames()).contains(label))
        .map(Expressions::column)
        .toArray(NamedReference[]::new);
  }

  @Override
  public void filter(Predicate[] predicates) {
    var zone = UsageScanBuilder.sessionZone();
    for (var each : predicates) {
      runtimeFilter = runtimeFilter.and(UsageFilter.of(each, zone));
    }
  }

  @Override
  public InputPartition[] planInputPartitions() {
    var partitions = new ArrayList<UsagePartition>();
    for (var target : selected()) {
      var portions = portions(target);
      int most = Math.min(portions.size(), mostTasks(target, portions.size()));
      for (int i = 0; i < most; i++) {
        int first = (int) ((long) portions.size() * i / most);
        int next = (int) ((long) portions.size() * (i + 1) / most);
        partitions.add(new UsagePartition(key(target), portions.subList(first, next)));
      }
    }
    return partitions.toArray(InputPartition[]::new);
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new UsageReaderFactory(
        RowColumn.of(columns),
        options.days().from(),
        options.days().to(),
        filter.starts().from(),
        options.devicesPerPartition(),
        limit,
        options.onFailure(),
        firstLogins(),
        LoginGuard.digestSalt());
  }

  /** Logs in to each account on one executor. Each task could otherwise send a wrong password. */
  private Map<SourceKey, FirstLogin> firstLogins() {
    var spark = SparkSession.active();
    var logins = new HashMap<SourceKey, FirstLogin>();
    if (RateShares.isLocal(spark)) {
      return logins;
    }
    for (var target : selected()) {
      var portions = portions(target);
      if (portions.isEmpty() || portions.get(0).devices() == null) {
        continue;
      }
      var first = portions.get(0).devices().iterator().next();
      var carrier = UsageOptions.carrier(target.provider());
      var days =
          PartitionUsageReader.parts(
                  portions.get(0).days(),
                  carrier.oldestDay(Clock.systemUTC()),
                  carrier.daysAtOnce())
              .get(0);
      var key = key(target);
      logins.put(key, LoginGuard.first(spark, key, first, days));
    }
    return logins;
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
    var rows =
        days.isEmpty()
            ? OptionalLong.of(0)
            : selected().stream().anyMatch(target -> target.devices() == null)
                ? OptionalLong.empty()
                : OptionalLong.of(
                    Math.min(
                        limit,
                        selected().stream()
                            .flatMap(target -> portions(target).stream())
                            .map(Portion::devices)
                            .filter(Objects::nonNull)
                            .mapToLong(list -> (long) list.size() * days.get().days())
                            .sum()));
    return new Estimate(rows, columns.defaultSize());
  }

  private record Estimate(OptionalLong numRows, int rowBytes) implements Statistics {
    @Override
    public OptionalLong sizeInBytes() {
      return numRows.isEmpty() ? numRows : OptionalLong.of(numRows.getAsLong() * rowBytes);
    }
  }

  private SourceKey key(TargetAccount target) {
    return new SourceKey(
        target.account(),
        target.provider(),
        options.config(),
        options.concurrency(),
        shares(target).map(RateShares::interval).orElse(null),
        options.credentialsProvider());
  }

  /** Returns the part of an executor in the slower one of the limits of account and job. */
  private Optional<RateShares> shares(TargetAccount target) {
    var ofAccount = target.interval();
    var ofJob =
        options.requestsPerSecond() == null
            ? null
            : Duration.ofSeconds(targets().size()).dividedBy(options.requestsPerSecond());
    if (ofAccount == null && ofJob == null) {
      return Optional.empty();
    }
    var interval =
        ofJob == null || (ofAccount != null && ofAccount.compareTo(ofJob) > 0) ? ofAccount : ofJob;
    var spark = SparkSession.active();
    return Optional.of(
        RateShares.of(
            Objects.requireNonNull(interval), executors(spark), RateShares.isSpeculative(spark)));
  }

  /** Returns the same number for all tasks, also if an executor starts meanwhile. */
  private synchronized int executors(SparkSession spark) {
    if (executors == 0) {
      executors = RateShares.executors(spark, options.executors());
    }
    return executors;
  }

  /** Returns how many tasks are useful for the rate and the limit. */
  private int mostTasks(TargetAccount target, int portions) {
    long rows = (long) options.devicesPerPartition() * days().map(DayRange::days).orElse(1L);
    long ofLimit = limit == Integer.MAX_VALUE ? portions : Math.max(1, limit / rows);
    return (int) Math.min(ofLimit, shares(target).map(RateShares::tasksAtOnce).orElse(portions));
  }

  /** Returns the requested days that can pass the filters. */
  private Optional<DayRange> days() {
    var asked =
        new StartInterval(
                RowColumn.micros(options.days().start()), RowColumn.micros(options.days().end()))
            .and(filter.starts())
            .and(runtimeFilter.starts());
    return asked.from() >= asked.until()
        ? Optional.empty()
        : Optional.of(
            DayRange.of(
                DayRange.dayOf(RowColumn.moment(asked.from())),
                DayRange.dayOf(RowColumn.moment(asked.until() - 1))));
  }

  private synchronized List<TargetAccount> targets() {
    if (targets == null) {
      targets = new TargetAccounts(options, SparkSession.active()).find();
    }
    return targets;
  }

  /** Returns the accounts that can pass the filters. */
  private List<TargetAccount> selected() {
    if (days().isEmpty()) {
      return List.of();
    }
    return targets().stream()
        .filter(
            each ->
                filter.hasAccount(each.provider(), each.account())
                    && runtimeFilter.hasAccount(each.provider(), each.account()))
        .toList();
  }

  private List<Portion> portions(TargetAccount target) {
    var days = days().orElseThrow();
    if (target.devices() == null) {
      return account(target, days);
    }
    var portions = new ArrayList<Portion>();
    var part = new ArrayList<Device>();
    for (var device : target.devices()) {
      if (filter.hasSubject(device.subject()) && runtimeFilter.hasSubject(device.subject())) {
        part.add(device);
      }
      if (part.size() == options.devicesPerPartition()) {
        portions.add(new Portion(DeviceList.of(part), days.from(), days.to()));
        part.clear();
      }
    }
    if (!part.isEmpty()) {
      portions.add(new Portion(DeviceList.of(part), days.from(), days.to()));
    }
    return portions;
  }

  private static List<Portion> account(TargetAccount target, DayRange days) {
    var carrier = UsageOptions.carrier(target.provider());
    var parts = new ArrayList<Portion>();
    for (var from = days.from(); !from.isAfter(days.to()); ) {
      var last = lastOfPart(from, carrier.daysAtOnce());
      parts.add(new Portion(null, from, last.isAfter(days.to()) ? days.to() : last));
      from = last.plusDays(1);
    }
    return parts;
  }

  private static LocalDate lastOfPart(LocalDate from, int daysAtOnce) {
    // A page of most providers contains a month.
    var ofMonth = from.with(TemporalAdjusters.lastDayOfMonth());
    var ofReading = from.plusDays(daysAtOnce - 1L);
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
        && filter.equals(scan.filter)
        && limit == scan.limit;
  }

  @Override
  public int hashCode() {
    return Objects.hash(options, columns, filter, limit);
  }
}
