package io.simtally.fleet.store.sql;

import io.simtally.core.UsageRecord;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * A writer of records that stages each {@link RecordColumns} as one row of lists, which DuckDB
 * unnests. The driver appends a list at once, while its checks of a single value cost more than the
 * value.
 */
final class DuckDbRecords implements RecordWriter {
  private static final String STAGED =
      "create temp table staged_run (provider varchar, account varchar, subject varchar, period_seconds bigint,"
          + " source varchar, starts bigint[], totals bigint[], uplinks bigint[], downlinks"
          + " bigint[])";

  /** Unnests the lists. A null list becomes nulls. */
  private static final String UNSTAGED =
      "insert into %s select provider, account, subject, make_timestamptz(start), period_seconds,"
          + " total, uplink, downlink, source from (select provider, account, subject, period_seconds,"
          + " source, unnest(starts) as start, unnest(totals) as total, unnest(uplinks) as uplink,"
          + " unnest(downlinks) as downlink from staged_run)";

  private final DuckDBConnection connection;
  private final String table;
  private final RecordWriter rows;
  private final DuckDBAppender runs;

  DuckDbRecords(DuckDBConnection connection, String table, RowWriter rows) throws SQLException {
    this.connection = connection;
    this.table = table;
    this.rows = RecordWriter.of(rows);
    DuckDbDatabase.run(connection, STAGED);
    this.runs = connection.createAppender("temp", "main", "staged_run");
  }

  @Override
  public void write(String account, List<UsageRecord> records) throws SQLException {
    if (records instanceof RecordsBySource sources) {
      for (var each : sources.parts()) {
        writeAlike(account, each);
      }
    } else {
      writeAlike(account, records);
    }
  }

  private void writeAlike(String account, List<UsageRecord> records) throws SQLException {
    if (records instanceof RecordColumns run) {
      runs.beginRow()
          .append(run.provider())
          .append(account)
          .append(run.subject())
          .append(RecordWriter.seconds(run.period()))
          .append(run.source())
          .append(run.starts())
          .append(run.totals())
          .append(run.uplinks())
          .append(run.downlinks())
          .endRow();
    } else {
      rows.write(account, records);
    }
  }

  @Override
  public void close() throws SQLException {
    try (rows) {
      DuckDbDatabase.flushAndClose(runs);
      DuckDbDatabase.run(connection, UNSTAGED.formatted(table));
      DuckDbDatabase.run(connection, "drop table staged_run");
    }
  }
}
