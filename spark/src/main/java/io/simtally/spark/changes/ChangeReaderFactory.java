package io.simtally.spark.changes;

import java.io.DataInputStream;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of the checkpoint.
 *
 * @param configuration the file systems of the session
 * @param columns the columns of a row
 */
@SuppressWarnings("ArrayRecordComponent") // It is never compared.
record ChangeReaderFactory(SerializableConfiguration configuration, String[] columns)
    implements PartitionReaderFactory {
  private static final long serialVersionUID = 1L;

  /** A file of rows. */
  record Rows(String file) implements InputPartition {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    return new Reader(((Rows) partition).file());
  }

  private final class Reader implements PartitionReader<InternalRow> {
    private final Path file;
    private @Nullable DataInputStream in;
    private @Nullable Change change;

    Reader(String file) {
      this.file = new Path(file);
    }

    @Override
    public boolean next() throws IOException {
      if (in == null) {
        in = ChangeFiles.open(file.getFileSystem(configuration.value()), file);
      }
      change = in.readBoolean() ? Change.read(in) : null;
      return change != null;
    }

    @Override
    public InternalRow get() {
      if (change == null) {
        throw new IllegalStateException("there is no row");
      }
      var values = new @Nullable Object[columns.length];
      for (int i = 0; i < columns.length; i++) {
        values[i] = change.value(columns[i]);
      }
      return new GenericInternalRow(values);
    }

    @Override
    public void close() throws IOException {
      if (in != null) {
        in.close();
      }
    }
  }
}
