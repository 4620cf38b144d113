package io.simtally.spark;

import io.simtally.spark.changes.ChangeTable;
import java.util.Map;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.sources.RelationProvider;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The data source {@code simtally}. Its rows are usage records of accounts, in the columns of the
 * store of {@code simtally sync} and a {@code failure}. Each task reads its rows from the carrier.
 * With the option {@code store} it is a stream of the changes of a store.
 */
public final class SimtallyDataSource
    implements TableProvider, RelationProvider, DataSourceRegister {
  /** Creates the source; Spark calls this. */
  public SimtallyDataSource() {}

  /** {@return {@code simtally}, what a program names as the format} */
  @Override
  public String shortName() {
    return "simtally";
  }

  /**
   * {@return the columns, which are always the same}
   *
   * @throws IllegalArgumentException if an option is wrong; the message names it
   */
  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    if (ChangeTable.isWanted(options)) {
      ChangeTable.of(options);
      return ChangeTable.changeColumns();
    }
    UsageOptions.of(options);
    return RowColumn.schema();
  }

  /**
   * {@return the usage of accounts, or the changes of a store, as a table}
   *
   * @throws IllegalArgumentException if an option is wrong, or if other columns are requested
   */
  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    var options = new CaseInsensitiveStringMap(properties);
    var columns = inferSchema(options);
    if (!schema.asNullable().equals(columns)) {
      throw new IllegalArgumentException(
          "the columns of simtally cannot be chosen: they are " + columns.toDDL());
    }
    return ChangeTable.isWanted(options)
        ? ChangeTable.of(options)
        : new UsageTable(UsageOptions.of(options));
  }

  /**
   * {@return a table that a catalog of Spark 3.5 keeps}
   *
   * @throws IllegalArgumentException if the options are those of a stream, which Spark reads here
   *     if it is not streamed
   */
  @Override
  public BaseRelation createRelation(
      SQLContext context, scala.collection.immutable.Map<String, String> options) {
    if (options.contains("store")) {
      throw new IllegalArgumentException(
          "the option store makes a stream: use readStream, and read the store itself with SQL");
    }
    return new SqlTable(context, options);
  }

  /** {@return true: a table of a catalog passes the columns it was created with} */
  @Override
  public boolean supportsExternalMetadata() {
    return true;
  }
}
