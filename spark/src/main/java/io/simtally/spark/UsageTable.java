package io.simtally.spark;

import java.util.Set;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** The usage of one carrier as a read-only table. */
final class UsageTable implements SupportsRead {
  private final UsageOptions options;

  UsageTable(UsageOptions options) {
    this.options = options;
  }

  @Override
  public String name() {
    return "simtally " + options.name();
  }

  /** Returns the columns as Spark 3.5 requires them; later versions call {@link #columns()}. */
  @Override
  @Deprecated
  public StructType schema() {
    return RowColumn.schema();
  }

  @Override
  public Column[] columns() {
    return RowColumn.columns();
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ);
  }

  /** Uses the table's own options: a catalog passes none here. */
  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap none) {
    return new UsageScanBuilder(options);
  }
}
