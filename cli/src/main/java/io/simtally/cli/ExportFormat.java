package io.simtally.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.squareup.moshi.JsonWriter;
import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.store.StoreException;
import io.simtally.fleet.store.UsageStore;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Comparator;
import okio.Okio;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.duckdb.DuckDBConnection;

/** The forms in which records leave a store, named as the user types them. */
@SuppressWarnings("MemberName") // as they are typed
enum ExportFormat {
  csv {
    @Override
    void write(UsageStore store, DayRange days, Path out, Count count) throws IOException {
      try (var file = AtomicFile.at(out)) {
        var rows =
            new CSVPrinter(
                new BufferedWriter(Channels.newWriter(file.channel(), UTF_8)), CSVFormat.RFC4180);
        rows.printRecord(
            "provider",
            "subject",
            "start_time",
            "period_seconds",
            "total_bytes",
            "uplink_bytes",
            "downlink_bytes",
            "source");
        each(
            store,
            days,
            count,
            usage ->
                rows.printRecord(
                    CsvReport.harmless(usage.provider()),
                    CsvReport.harmless(usage.subject()),
                    usage.start(),
                    usage.period() == null ? null : usage.period().toSeconds(),
                    usage.totalBytes(),
                    usage.uplinkBytes(),
                    usage.downlinkBytes(),
                    usage.source() == null ? null : CsvReport.harmless(usage.source())));
        rows.flush();
        file.publish();
      }
    }
  },
  jsonl {
    @Override
    void write(UsageStore store, DayRange days, Path out, Count count) throws IOException {
      try (var file = AtomicFile.at(out)) {
        var sink = Okio.buffer(Okio.sink(Channels.newOutputStream(file.channel())));
        each(
            store,
            days,
            count,
            usage -> {
              var json = JsonWriter.of(sink);
              json.beginObject();
              json.name("provider").value(usage.provider());
              json.name("subject").value(usage.subject());
              json.name("start_time").value(usage.start().toString());
              json.name("period_seconds")
                  .value(usage.period() == null ? null : usage.period().toSeconds());
              json.name("total_bytes").value(usage.totalBytes());
              json.name("uplink_bytes").value(usage.uplinkBytes());
              json.name("downlink_bytes").value(usage.downlinkBytes());
              json.name("source").value(usage.source());
              json.endObject();
              json.flush();
              sink.writeByte('\n');
            });
        sink.flush();
        file.publish();
      }
    }
  },
  /** By way of DuckDB, which needs no Hadoop for it. */
  parquet {
    @Override
    void write(UsageStore store, DayRange days, Path out, Count count)
        throws IOException, SQLException {
      if (Files.exists(out) && !isEmpty(out)) {
        throw new IllegalArgumentException(out + " is there already, and not empty");
      }
      // Beside the target: the whole appears there at once, and there is room for what is large.
      var draft = Files.createTempDirectory(out.toAbsolutePath().getParent(), ".simtally-export");
      var files = draft.resolve("files");
      var database = draft.resolve("export.duckdb");
      try (var connection =
          DriverManager.getConnection("jdbc:duckdb:" + database).unwrap(DuckDBConnection.class)) {
        try (var statement = connection.createStatement()) {
          statement.execute("SET TimeZone = 'UTC'");
          statement.execute("SET memory_limit = '512MB'");
          statement.execute(
              """
              CREATE TABLE usage_record(provider VARCHAR, subject VARCHAR,
                start_time TIMESTAMPTZ, period_seconds BIGINT, total_bytes BIGINT,
                uplink_bytes BIGINT, downlink_bytes BIGINT, source VARCHAR)""");
        }
        try (var rows =
            connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "usage_record")) {
          each(
              store,
              days,
              count,
              usage -> {
                try {
                  rows.beginRow();
                  rows.append(usage.provider());
                  rows.append(usage.subject());
                  rows.append(usage.start().atOffset(ZoneOffset.UTC));
                  rows.append(usage.period() == null ? null : usage.period().toSeconds());
                  rows.append(usage.totalBytes());
                  rows.append(usage.uplinkBytes());
                  rows.append(usage.downlinkBytes());
                  rows.append(usage.source());
                  rows.endRow();
                } catch (SQLException e) {
                  throw new IOException(e);
                }
              });
        }
        try (var statement = connection.createStatement()) {
          statement.execute(
              "COPY (SELECT *, strftime(start_time AT TIME ZONE 'UTC', '%Y-%m') AS month"
                  + " FROM usage_record ORDER BY provider, subject, start_time) TO '"
                  + files.toString().replace("'", "''")
                  + "' (FORMAT parquet, PARTITION_BY (provider, month),"
                  // So that a file by itself tells of whom it is.
                  + " WRITE_PARTITION_COLUMNS true)");
        }
        Files.createDirectories(files); // of no records, DuckDB makes none
        Files.deleteIfExists(out);
        Files.move(files, out);
      } finally {
        deleteAll(draft);
      }
    }
  };

  /** Takes one record, and may fail to write it. */
  private interface Taker {
    void take(UsageRecord usage) throws IOException;
  }

  /** How many records there were. */
  private static final class Count {
    long records;
  }

  abstract void write(UsageStore store, DayRange days, Path out, Count count)
      throws IOException, SQLException;

  /** Writes the records of some days, and returns how many there were. */
  long write(UsageStore store, DayRange days, Path out) {
    var count = new Count();
    try {
      write(store, days, out, count);
    } catch (IOException | UncheckedIOException e) {
      throw new ReportWriteException(out, e instanceof IOException io ? io : new IOException(e));
    } catch (SQLException e) {
      throw new StoreException("the Parquet files cannot be written: " + e.getMessage(), e);
    }
    return count.records;
  }

  private static void each(UsageStore store, DayRange days, Count count, Taker taker) {
    store.records(
        days,
        usage -> {
          try {
            taker.take(usage);
            count.records++;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static void deleteAll(Path directory) throws IOException {
    try (var paths = Files.walk(directory)) {
      for (var each : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }
}
