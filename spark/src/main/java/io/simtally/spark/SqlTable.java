package io.simtally.spark;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.EqualTo;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.sources.GreaterThan;
import org.apache.spark.sql.sources.GreaterThanOrEqual;
import org.apache.spark.sql.sources.In;
import org.apache.spark.sql.sources.LessThan;
import org.apache.spark.sql.sources.LessThanOrEqual;
import org.apache.spark.sql.sources.PrunedFilteredScan;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A table of {@code CREATE TABLE} in Spark 3.5, whose catalog knows no other kind of table. It
 * reads the data source with the columns and filters of the query. Spark 4 does not use it.
 */
final class SqlTable extends BaseRelation implements PrunedFilteredScan {
  private final SQLContext context;
  private final Map<String, String> options;

  SqlTable(SQLContext context, scala.collection.immutable.Map<String, String> options) {
    this.context = context;
    this.options = new HashMap<>();
    for (var each = options.iterator(); each.hasNext(); ) {
      var option = each.next();
      this.options.put(option._1(), option._2());
    }
  }

  @Override
  public SQLContext sqlContext() {
    return context;
  }

  @Override
  public StructType schema() {
    return RowColumn.schema();
  }

  /** Returns the rows that pass the filters it knows. Spark evaluates all filters itself. */
  @Override
  public RDD<Row> buildScan(String[] columns, Filter[] filters) {
    var usage = context.sparkSession().read().format("simtally").options(options).load();
    for (var filter : filters) {
      var condition = condition(filter);
      usage = condition == null ? usage : usage.where(condition);
    }
    return usage.select(Arrays.stream(columns).map(functions::col).toArray(Column[]::new)).rdd();
  }

  private static @Nullable Column condition(Filter filter) {
    if (filter instanceof EqualTo equal) {
      return functions.col(equal.attribute()).equalTo(equal.value());
    }
    if (filter instanceof In in) {
      return functions.col(in.attribute()).isin(in.values());
    }
    if (filter instanceof GreaterThan than) {
      return functions.col(than.attribute()).gt(than.value());
    }
    if (filter instanceof GreaterThanOrEqual than) {
      return functions.col(than.attribute()).geq(than.value());
    }
    if (filter instanceof LessThan than) {
      return functions.col(than.attribute()).lt(than.value());
    }
    if (filter instanceof LessThanOrEqual than) {
      return functions.col(than.attribute()).leq(than.value());
    }
    return null;
  }
}
