package io.simtally.spark.changes;

import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** The changes of a store as a table that can only be streamed. */
public final class ChangeTable implements SupportsRead {
  private final ChangeOptions options;

  private ChangeTable(ChangeOptions options) {
    this.options = options;
  }

  /**
   * Returns whether options are those of a stream.
   *
   * @param options the options of a user
   * @return whether they name a store
   */
  public static boolean isWanted(CaseInsensitiveStringMap options) {
    return options.containsKey(ChangeOptions.STORE);
  }

  /**
   * Creates the table.
   *
   * @param options the options of a user
   * @return the table
   * @throws IllegalArgumentException if an option is unknown or invalid; the message names it
   */
  public static ChangeTable of(CaseInsensitiveStringMap options) {
    return new ChangeTable(ChangeOptions.of(options));
  }

  /** {@return the name in plans} */
  @Override
  public String name() {
    return "simtally changes";
  }

  /** {@return the columns, which are always the same} */
  @Override
  @Deprecated
  public StructType schema() {
    return Change.SCHEMA;
  }

  /** {@return the columns of all tables of changes} */
  public static StructType changeColumns() {
    return Change.SCHEMA;
  }

  /** {@return that the table is a micro-batch stream} */
  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.MICRO_BATCH_READ);
  }

  /** {@return a builder that takes the columns of a query} */
  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap none) {
    return new Builder(options);
  }

  private static final class Builder implements SupportsPushDownRequiredColumns {
    private final ChangeOptions options;
    private StructType columns = Change.SCHEMA;

    Builder(ChangeOptions options) {
      this.options = options;
    }

    @Override
    public void pruneColumns(StructType required) {
      columns = required;
    }

    @Override
    public Scan build() {
      return new ChangeScan(options, columns);
    }
  }

  private record ChangeScan(ChangeOptions options, StructType columns) implements Scan {
    @Override
    public StructType readSchema() {
      return columns;
    }

    @Override
    public String description() {
      return "simtally changes";
    }

    @Override
    public ColumnarSupportMode columnarSupportMode() {
      return ColumnarSupportMode.UNSUPPORTED;
    }

    @Override
    public MicroBatchStream toMicroBatchStream(String checkpoint) {
      return new ChangeStream(
          options,
          columns.fieldNames(),
          checkpoint,
          SparkSession.active().sessionState().newHadoopConf());
    }
  }
}
