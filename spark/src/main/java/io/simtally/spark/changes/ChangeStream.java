package io.simtally.spark.changes;

import io.simtally.fleet.store.UsageStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.SupportsTriggerAvailableNow;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/** The stream of a query. Only the driver opens the store; the tasks read its checkpoint. */
final class ChangeStream implements MicroBatchStream, SupportsTriggerAvailableNow {
  private final ChangeOptions options;
  private final String[] columns;
  private final Configuration configuration;
  private final ChangeFiles files;

  /** What has been returned at the latest position, to not read it again. */
  private @Nullable Returned latest;

  private @Nullable ChangeOffset latestOffset;

  /** Whether the query ends with what the store has now. */
  private boolean isAvailableNow;

  private boolean hasCompared;

  ChangeStream(
      ChangeOptions options, String[] columns, String checkpoint, Configuration configuration) {
    this.options = options;
    this.columns = columns;
    this.configuration = configuration;
    this.files = new ChangeFiles(checkpoint, configuration);
  }

  @Override
  public Offset initialOffset() {
    return ChangeOffset.START;
  }

  @Override
  public Offset deserializeOffset(String json) {
    return ChangeOffset.of(json);
  }

  @Override
  public void prepareForTriggerAvailableNow() {
    isAvailableNow = true;
  }

  @Override
  public Offset latestOffset() {
    throw new UnsupportedOperationException("latestOffset(Offset, ReadLimit) is called instead");
  }

  /**
   * Compares the store with what the stream has returned at {@code start}.
   *
   * @return {@code start}, or a new position if the store has more
   * @throws io.simtally.fleet.store.StoreException if the store cannot be read
   */
  @Override
  public synchronized Offset latestOffset(Offset start, ReadLimit limit) {
    if (isAvailableNow && hasCompared) {
      return start;
    }
    hasCompared = true;
    var from = (ChangeOffset) start;
    try {
      return next(from);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ChangeOffset next(ChangeOffset start) throws IOException {
    var before = start.equals(latestOffset) && latest != null ? latest : files.returned(start);
    var end = new ChangeOffset(start.position() + 1, UUID.randomUUID().toString());
    var rows = files.rows(end);
    var after = compare(before, rows);
    if (rows.isEmpty()) {
      latest = before;
      latestOffset = start;
      return start;
    }
    files.write(end, start, after);
    latest = after;
    latestOffset = end;
    return end;
  }

  private Returned compare(Returned before, ChangeFiles.RowsWriter rows) throws IOException {
    try (rows;
        var store = UsageStore.openReadOnly(options.store(), System.getenv());
        var snapshot = store.snapshot()) {
      return new Comparison(
              snapshot, options.query(), options::settleAfterDays, before, rows::write)
          .run();
    }
  }

  @Override
  public InputPartition[] planInputPartitions(Offset start, Offset end) {
    try {
      return files.rows((ChangeOffset) start, (ChangeOffset) end).stream()
          .map(ChangeReaderFactory.Rows::new)
          .toArray(InputPartition[]::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new ChangeReaderFactory(new SerializableConfiguration(configuration), columns.clone());
  }

  @Override
  public void commit(Offset end) {
    try {
      files.deleteBefore((ChangeOffset) end);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {}
}
