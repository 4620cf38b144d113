package io.simtally.fleet.store.sql;

import io.simtally.core.UsageRecord;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A writer of usage records. Records may be buffered until {@link #close}. */
public interface RecordWriter extends AutoCloseable {
  /** Writes records of one account. */
  void write(String account, List<UsageRecord> records) throws SQLException;

  @Override
  void close() throws SQLException;

  /** Returns a writer that writes one row for each record. */
  static RecordWriter of(RowWriter rows) {
    return new RecordWriter() {
      @Override
      public void write(String account, List<UsageRecord> records) throws SQLException {
        for (var usage : records) {
          rows.beginRow()
              .text(usage.provider())
              .text(account)
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
