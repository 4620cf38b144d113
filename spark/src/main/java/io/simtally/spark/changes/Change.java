package io.simtally.spark.changes;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * A row of the stream.
 *
 * @param kind {@code settled} or {@code correction}
 * @param provider the provider
 * @param account the account
 * @param subject the subject; {@code *} for a day on which a whole account used nothing
 * @param day the day in UTC, as a day of the epoch
 * @param totalBytes the bytes of the day
 * @param beforeBytes the bytes before a correction, null for a settled day
 * @param noticedMicros the time of a correction in microseconds, null for a settled day
 * @param isAfterSettled whether an earlier batch has the settled day that is corrected
 */
record Change(
    String kind,
    String provider,
    String account,
    String subject,
    int day,
    long totalBytes,
    @Nullable Long beforeBytes,
    @Nullable Long noticedMicros,
    boolean isAfterSettled) {
  static final String SETTLED = "settled";
  static final String CORRECTION = "correction";

  /** The columns, in the order of the components. */
  static final StructType SCHEMA =
      new StructType()
          .add("kind", DataTypes.StringType)
          .add("provider", DataTypes.StringType)
          .add("account", DataTypes.StringType)
          .add("subject", DataTypes.StringType)
          .add("day", DataTypes.DateType)
          .add("total_bytes", DataTypes.LongType)
          .add("before_bytes", DataTypes.LongType)
          .add("noticed_at", DataTypes.TimestampType)
          .add("after_settled", DataTypes.BooleanType);

  /** Returns the value of a column in Spark's internal form. */
  @Nullable Object value(String column) {
    return switch (column) {
      case "kind" -> UTF8String.fromString(kind);
      case "provider" -> UTF8String.fromString(provider);
      case "account" -> UTF8String.fromString(account);
      case "subject" -> UTF8String.fromString(subject);
      case "day" -> day;
      case "total_bytes" -> totalBytes;
      case "before_bytes" -> beforeBytes;
      case "noticed_at" -> noticedMicros;
      case "after_settled" -> isAfterSettled;
      default -> throw new IllegalArgumentException(column);
    };
  }

  void write(DataOutputStream out) throws IOException {
    out.writeUTF(kind);
    out.writeUTF(provider);
    out.writeUTF(account);
    out.writeUTF(subject);
    out.writeInt(day);
    out.writeLong(totalBytes);
    out.writeBoolean(beforeBytes != null);
    if (beforeBytes != null) {
      out.writeLong(beforeBytes);
      out.writeLong(noticedMicros == null ? 0 : noticedMicros);
    }
    out.writeBoolean(isAfterSettled);
  }

  static Change read(DataInputStream in) throws IOException {
    var kind = in.readUTF();
    var provider = in.readUTF();
    var account = in.readUTF();
    var subject = in.readUTF();
    int day = in.readInt();
    long total = in.readLong();
    boolean isCorrection = in.readBoolean();
    Long before = isCorrection ? in.readLong() : null;
    Long noticed = isCorrection ? in.readLong() : null;
    return new Change(
        kind, provider, account, subject, day, total, before, noticed, in.readBoolean());
  }
}
