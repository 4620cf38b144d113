package io.simtally.spark;

import java.time.ZoneId;
import java.util.Arrays;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.StructType;

/** Receives the columns and filters of a query from Spark. */
final class UsageScanBuilder implements SupportsPushDownRequiredColumns, SupportsPushDownV2Filters {
  private final UsageOptions options;
  private StructType columns = RowColumn.schema();
  private StartInterval starts = StartInterval.ALL;
  private Predicate[] pushed = {};

  UsageScanBuilder(UsageOptions options) {
    this.options = options;
  }

  @Override
  public void pruneColumns(StructType required) {
    columns = required;
  }

  /**
   * Narrows the days to read. Spark still evaluates all filters, because the carrier is asked for
   * whole days.
   */
  @Override
  public Predicate[] pushPredicates(Predicate[] predicates) {
    var zone = ZoneId.of(SparkSession.active().conf().get("spark.sql.session.timeZone"));
    pushed =
        Arrays.stream(predicates)
            .filter(each -> !StartInterval.of(each, zone).equals(StartInterval.ALL))
            .toArray(Predicate[]::new);
    for (var each : pushed) {
      starts = starts.and(StartInterval.of(each, zone));
    }
    return predicates;
  }

  @Override
  public Predicate[] pushedPredicates() {
    return pushed.clone();
  }

  @Override
  public Scan build() {
    return new UsageScan(options, columns, starts);
  }
}
