package io.simtally.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.squareup.moshi.JsonWriter;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.store.StoreException;
import io.simtally.fleet.store.StoredDevice;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageStore;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import okio.Okio;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** The formats of an export, named as the user types them. Each keeps all values exactly. */
@SuppressWarnings("MemberName") // as they are typed
enum ExportFormat {
  csv {
    @Override
    void write(UsageStore store, List<UsageQuery> queries, Path out, Count count)
        throws IOException {
      try (var file = AtomicFile.at(out)) {
        var rows =
            new CSVPrinter(
                new BufferedWriter(Channels.newWriter(file.channel(), UTF_8)), CSVFormat.RFC4180);
        rows.printRecord(
            "provider",
            "account",
            "subject",
            "start_time",
            "period_seconds",
            "total_bytes",
            "uplink_bytes",
            "downlink_bytes",
            "source",
            "label",
            "device_group");
        each(
            store,
            queries,
            count,
            (account, usage, device) ->
                rows.printRecord(
                    usage.provider(),
                    account,
                    usage.subject(),
                    usage.start(),
                    usage.period() == null ? null : usage.period().toSeconds(),
                    usage.totalBytes(),
                    usage.uplinkBytes(),
                    usage.downlinkBytes(),
                    usage.source(),
                    device.label(),
                    device.group()));
        rows.flush();
        file.publish();
      }
    }
  },
  jsonl {
    @Override
    void write(UsageStore store, List<UsageQuery> queries, Path out, Count count)
        throws IOException {
      try (var file = AtomicFile.at(out)) {
        var sink = Okio.buffer(Okio.sink(Channels.newOutputStream(file.channel())));
        each(
            store,
            queries,
            count,
            (account, usage, device) -> {
              var json = JsonWriter.of(sink);
              json.beginObject();
              json.name("provider").value(usage.provider());
              json.name("account").value(account);
              json.name("subject").value(usage.subject());
              json.name("start_time").value(usage.start().toString());
              json.name("period_seconds")
                  .value(usage.period() == null ? null : usage.period().toSeconds());
              json.name("total_bytes").value(usage.totalBytes());
              json.name("uplink_bytes").value(usage.uplinkBytes());
              json.name("downlink_bytes").value(usage.downlinkBytes());
              json.name("source").value(usage.source());
              json.name("label").value(device.label());
              json.name("device_group").value(device.group());
              json.endObject();
              json.flush();
              sink.writeByte('\n');
            });
        sink.flush();
        file.publish();
      }
    }
  },
  /** Written by DuckDB, which needs no Hadoop for it. */
  parquet {
    @Override
    void write(UsageStore store, List<UsageQuery> queries, Path out, Count count)
        throws IOException, SQLException {
      try (var draft = ParquetDraft.of(out)) {
        try (var connection =
            DriverManager.getConnection("jdbc:duckdb:" + draft.database())
                .unwrap(DuckDBConnection.class)) {
          run(connection, "SET TimeZone = 'UTC'");
          run(connection, "SET memory_limit = '512MB'");
          run(connection, TABLE);
          fill(store, queries, count, connection);
          run(
              connection,
              "COPY (SELECT *, strftime(start_time AT TIME ZONE 'UTC', '%Y-%m') AS month"
                  + " FROM usage_record ORDER BY provider, account, subject, start_time) TO '"
                  + draft.files().toString().replace("'", "''")
                  + "' (FORMAT parquet, PARTITION_BY (provider, month),"
                  // So that a file names its provider without its folder.
                  + " WRITE_PARTITION_COLUMNS true)");
        }
        draft.publish();
      }
    }
  };

  private static final String TABLE =
      """
      CREATE TABLE usage_record(provider VARCHAR, account VARCHAR, subject VARCHAR,
        start_time TIMESTAMPTZ, period_seconds BIGINT, total_bytes BIGINT,
        uplink_bytes BIGINT, downlink_bytes BIGINT, source VARCHAR,
        label VARCHAR, device_group VARCHAR)""";

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void fill(
      UsageStore store, List<UsageQuery> queries, Count count, DuckDBConnection connection)
      throws SQLException {
    try (var rows = connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "usage_record")) {
      each(
          store,
          queries,
          count,
          (account, usage, device) -> {
            try {
              rows.beginRow();
              rows.append(usage.provider());
              rows.append(account);
              rows.append(usage.subject());
              rows.append(usage.start().atOffset(ZoneOffset.UTC));
              rows.append(usage.period() == null ? null : usage.period().toSeconds());
              rows.append(usage.totalBytes());
              rows.append(usage.uplinkBytes());
              rows.append(usage.downlinkBytes());
              rows.append(usage.source());
              rows.append(device.label());
              rows.append(device.group());
              rows.endRow();
            } catch (SQLException e) {
              throw new IOException(e);
            }
          });
      // close() alone would hide that the last rows could not be written.
      rows.flush();
    }
  }

  /** A writer of one record. */
  private interface Taker {
    void take(String account, UsageRecord usage, Labels device) throws IOException;
  }

  /** The label and the group of a device. */
  private record Labels(@Nullable String label, @Nullable String group) {
    static final Labels NONE = new Labels(null, null);
  }

  private record DeviceKey(String provider, String account, String subject) {}

  /** The number of records. */
  private static final class Count {
    long records;
  }

  abstract void write(UsageStore store, List<UsageQuery> queries, Path out, Count count)
      throws IOException, SQLException;

  /** Writes the records of some queries, and returns their number. */
  long write(UsageStore store, List<UsageQuery> queries, Path out) {
    var count = new Count();
    try {
      write(store, queries, out, count);
    } catch (IOException e) {
      throw new ReportWriteException(out, e);
    } catch (UncheckedIOException e) {
      throw new ReportWriteException(out, Objects.requireNonNull(e.getCause()));
    } catch (SQLException e) {
      throw new StoreException("the Parquet files cannot be written: " + e.getMessage(), e);
    }
    return count.records;
  }

  private static void each(UsageStore store, List<UsageQuery> queries, Count count, Taker taker) {
    for (var query : queries) {
      var labels = labels(store, query);
      try (var records = store.usageRecords(query)) {
        records.forEach(
            stored -> {
              var usage = stored.usage();
              var key = new DeviceKey(usage.provider(), stored.account(), usage.subject());
              try {
                taker.take(stored.account(), usage, labels.getOrDefault(key, Labels.NONE));
                count.records++;
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
      }
    }
  }

  private static Map<DeviceKey, Labels> labels(UsageStore store, UsageQuery query) {
    var labels = new HashMap<DeviceKey, Labels>();
    try (var devices = store.devices(query)) {
      devices
          .filter(StoredDevice::isNamed)
          .forEach(
              each ->
                  labels.put(
                      new DeviceKey(each.provider(), each.account(), each.subject()),
                      new Labels(each.label(), each.group())));
    }
    return labels;
  }
}
