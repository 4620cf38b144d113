package io.simtally.spark;

import java.util.Map;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The data source {@code simtally}, which Spark finds by this name. Its rows are usage records of
 * one carrier, in the columns that the store of {@code simtally sync} has as well, and a {@code
 * failure}; what a task reads, it asks the carrier for.
 */
public final class SimtallyDataSource implements TableProvider, DataSourceRegister {
  /** For Spark. */
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
    UsageOptions.of(options);
    return UsageColumn.schema();
  }

  /**
   * {@return the usage of one carrier as a table}
   *
   * @throws IllegalArgumentException if an option is wrong, or other columns were asked for
   */
  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    if (!schema.asNullable().equals(UsageColumn.schema())) {
      throw new IllegalArgumentException(
          "the columns of simtally cannot be chosen: they are " + UsageColumn.schema().toDDL());
    }
    return new UsageTable(UsageOptions.of(new CaseInsensitiveStringMap(properties)));
  }

  /** {@return true: a table of a catalog hands in the columns it was created with} */
  @Override
  public boolean supportsExternalMetadata() {
    return true;
  }
}
