package io.simtally.spark;

import io.simtally.core.DayRange;
import io.simtally.spark.UsageOptions.OnFailure;
import java.time.LocalDate;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;

/**
 * What the driver sends to the executors once, for all tasks. No credential is in it.
 *
 * @param key which client
 * @param columns the columns of a row
 * @param from the first day the user asked for, by which an account's devices are found
 * @param to the last one, included
 * @param notBefore the microsecond before which the filters let no row pass
 * @param devicesAtOnce how many devices' rows are held until their turn comes
 * @param onFailure what becomes of a device that could not be read
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares it.
record UsageReaderFactory(
    SourceKey key,
    UsageColumn[] columns,
    LocalDate from,
    LocalDate to,
    long notBefore,
    int devicesAtOnce,
    OnFailure onFailure)
    implements PartitionReaderFactory {
  private static final long serialVersionUID = 1L;

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    return new UsageReader(this, (UsagePartition) partition);
  }

  DayRange days() {
    return DayRange.of(from, to);
  }
}
