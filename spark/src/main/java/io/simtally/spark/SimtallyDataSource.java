package io.simtally.spark;

import java.util.Map;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The data source {@code simtally}. Its rows are usage records of one carrier, in the columns of
 * the store of {@code simtally sync} and a {@code failure}. Each task reads its rows from the
 * carrier.
 */
public final class SimtallyDataSource implements TableProvider, DataSourceRegister {
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
    UsageOptions.of(options);
    return RowColumn.schema();
  }

  /**
   * {@return the usage of one carrier as a table}
   *
   * @throws IllegalArgumentException if an option is wrong, or if other columns are requested
   */
  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    if (!schema.asNullable().equals(RowColumn.schema())) {
      throw new IllegalArgumentException(
          "the columns of simtally cannot be chosen: they are " + RowColumn.schema().toDDL());
    }
    return new UsageTable(UsageOptions.of(new CaseInsensitiveStringMap(properties)));
  }

  /** {@return true: a table of a catalog passes the columns it was created with} */
  @Override
  public boolean supportsExternalMetadata() {
    return true;
  }
}
