package io.simtally.spark;

import java.time.ZoneId;
import java.util.Arrays;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownLimit;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.StructType;

/** Receives the columns, filters and limit of a query from Spark. */
final class UsageScanBuilder
    implements SupportsPushDownRequiredColumns, SupportsPushDownV2Filters, SupportsPushDownLimit {
  private final UsageOptions options;
  private StructType columns = RowColumn.schema();
  private UsageFilter filter = UsageFilter.ALL;
  private int limit = Integer.MAX_VALUE;
  private Predicate[] pushed = {};

  UsageScanBuilder(UsageOptions options) {
    this.options = options;
  }

  @Override
  public void pruneColumns(StructType required) {
    columns = required;
  }

  /**
   * Narrows the accounts, devices and days to read. Spark still evaluates all filters, because a
   * carrier is asked for whole days and some carriers for whole accounts.
   */
  @Override
  public Predicate[] pushPredicates(Predicate[] predicates) {
    var zone = sessionZone();
    pushed =
        Arrays.stream(predicates)
            .filter(each -> !UsageFilter.of(each, zone).equals(UsageFilter.ALL))
            .toArray(Predicate[]::new);
    for (var each : pushed) {
      filter = filter.and(UsageFilter.of(each, zone));
    }
    return predicates;
  }

  static ZoneId sessionZone() {
    return ZoneId.of(SparkSession.active().conf().get("spark.sql.session.timeZone"));
  }

  @Override
  public Predicate[] pushedPredicates() {
    return pushed.clone();
  }

  /** Limits the rows of each task. Spark calls this only if it evaluates no filter itself. */
  @Override
  public boolean pushLimit(int rows) {
    limit = rows;
    return true;
  }

  /** {@return true: Spark limits the rows of all tasks together} */
  @Override
  public boolean isPartiallyPushed() {
    return true;
  }

  @Override
  public Scan build() {
    return new UsageScan(options, columns, filter, limit);
  }
}
