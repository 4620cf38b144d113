package io.simtally.spark;

import io.simtally.core.DayRange;
import io.simtally.spark.UsageOptions.OnFailure;
import java.time.LocalDate;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;

/**
 * The settings that the driver sends to the executors once, for all tasks. They contain no
 * credential.
 *
 * @param columns the columns of a row
 * @param from the first requested day, with which an account's devices are listed
 * @param to the last day, included
 * @param notBefore the first microsecond at which a row can pass the filters
 * @param devicesAtOnce the number of devices whose rows are held until their turn
 * @param limit the number of rows that a task needs to return at most
 * @param onFailure how a device that could not be read is handled
 * @param logins the logins that an executor has sent before all others, by client
 * @param salt the salt of the digests of credentials
 */
@SuppressWarnings("ArrayRecordComponent") // It is never compared.
record UsageReaderFactory(
    RowColumn[] columns,
    LocalDate from,
    LocalDate to,
    long notBefore,
    int devicesAtOnce,
    int limit,
    OnFailure onFailure,
    Map<SourceKey, FirstLogin> logins,
    byte[] salt)
    implements PartitionReaderFactory {
  private static final long serialVersionUID = 1L;

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    return new PartitionUsageReader(this, (UsagePartition) partition);
  }

  DayRange days() {
    return DayRange.of(from, to);
  }
}
