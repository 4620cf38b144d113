package io.simtally.fleet.store;

import io.simtally.core.UsageRecord;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records on their way into the store. Closed, it has written them; nothing is sure before. */
interface RecordWriter extends AutoCloseable {
  void write(List<UsageRecord> records) throws SQLException;

  @Override
  void close() throws SQLException;

  /** One row for each record. */
  static RecordWriter of(RowWriter rows) {
    return new RecordWriter() {
      @Override
      public void write(List<UsageRecord> records) throws SQLException {
        for (var usage : records) {
          rows.beginRow()
              .text(usage.provider())
              .text(usage.subject())
              .moment(usage.start())
              .number(seconds(usage.period()))
              .number(usage.totalBytes())
              .number(usage.uplinkBytes())
              .number(usage.downlinkBytes())
              .text(usage.source())
              .endRow();
        }
      }

      @Override
      public void close() throws SQLException {
        rows.close();
      }
    };
  }

  static @Nullable Long seconds(@Nullable Duration period) {
    return period == null ? null : (Long) period.toSeconds();
  }
}
