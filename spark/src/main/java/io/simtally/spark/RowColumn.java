package io.simtally.spark;

import io.simtally.core.UsageRecord;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** The columns of the data source, in order. */
enum RowColumn {
  PROVIDER,
  ACCOUNT,
  SUBJECT,
  START_TIME,
  PERIOD_SECONDS,
  TOTAL_BYTES,
  UPLINK_BYTES,
  DOWNLINK_BYTES,
  SOURCE,
  FAILURE;

  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int NANOS_PER_MICRO = 1_000;

  /** A usage record, or the failure of a reading instead. */
  record Row(
      String provider,
      String account,
      String subject,
      Instant start,
      @Nullable Duration period,
      @Nullable Long totalBytes,
      @Nullable Long uplinkBytes,
      @Nullable Long downlinkBytes,
      @Nullable String source,
      @Nullable String failure)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    static Row of(String account, UsageRecord usage) {
      return new Row(
          usage.provider(),
          account,
          usage.subject(),
          usage.start(),
          usage.period(),
          usage.totalBytes(),
          usage.uplinkBytes(),
          usage.downlinkBytes(),
          usage.source(),
          null);
    }
  }

  static StructType schema() {
    return new StructType(
        Arrays.stream(values())
            .map(column -> DataTypes.createStructField(column.label(), column.type(), true))
            .toArray(StructField[]::new));
  }

  static Column[] columns() {
    return Arrays.stream(values())
        .map(column -> Column.create(column.label(), column.type(), true))
        .toArray(Column[]::new);
  }

  /** Returns the columns of a part of the schema, in its order. */
  static RowColumn[] of(StructType schema) {
    return Arrays.stream(schema.fieldNames())
        .map(name -> valueOf(name.toUpperCase(Locale.ROOT)))
        .toArray(RowColumn[]::new);
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the value of a row in this column, in Spark's internal form. */
  @Nullable Object of(Row row) {
    return switch (this) {
      case PROVIDER -> text(row.provider());
      case ACCOUNT -> text(row.account());
      case SUBJECT -> text(row.subject());
      case START_TIME -> micros(row.start());
      case PERIOD_SECONDS -> row.period() == null ? null : row.period().toSeconds();
      case TOTAL_BYTES -> row.totalBytes();
      case UPLINK_BYTES -> row.uplinkBytes();
      case DOWNLINK_BYTES -> row.downlinkBytes();
      case SOURCE -> text(row.source());
      case FAILURE -> text(row.failure());
    };
  }

  private DataType type() {
    return switch (this) {
      case START_TIME -> DataTypes.TimestampType;
      case PERIOD_SECONDS, TOTAL_BYTES, UPLINK_BYTES, DOWNLINK_BYTES -> DataTypes.LongType;
      case PROVIDER, ACCOUNT, SUBJECT, SOURCE, FAILURE -> DataTypes.StringType;
    };
  }

  /**
   * Returns a moment in Spark's microseconds. Fractions of a microsecond are cut off, as in the
   * store.
   */
  static long micros(Instant moment) {
    return Math.addExact(
        Math.multiplyExact(moment.getEpochSecond(), MICROS_PER_SECOND),
        moment.getNano() / NANOS_PER_MICRO);
  }

  static Instant moment(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS_PER_SECOND),
        Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
  }

  private static @Nullable UTF8String text(@Nullable String text) {
    return UTF8String.fromString(text);
  }
}
