package io.simtally.simulator.mason;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A row of an answer.
 *
 * @param start the day, or the first day of the month
 */
record MasonRow(
    Optional<String> iccid, Optional<Marker> marker, LocalDate start, long upload, long download) {

  /** The group of a row. */
  record Marker(String key, String value) {}

  /** The columns that rows can be ordered by. */
  enum Column {
    TOTAL,
    UPLOAD,
    DOWNLOAD
  }

  long value(Column column) {
    return switch (column) {
      case TOTAL -> total();
      case UPLOAD -> upload;
      case DOWNLOAD -> download;
    };
  }

  long total() {
    return Math.addExact(upload, download);
  }

  /** Writes a row like the page's samples of aggregates. */
  void writeMonth(JsonWriter writer) throws IOException {
    writer.beginObject();
    if (marker.isPresent()) {
      writer.name("marker").beginObject();
      writer.name("key").value(marker.get().key());
      writer.name("value").value(marker.get().value());
      writer.endObject();
    }
    if (iccid.isPresent()) {
      writer.name("sim").beginObject().name("iccid").value(iccid.get()).endObject();
    }
    writer.name("usage").beginObject();
    writer.name("total").value(total());
    writer.name("unit").value("bytes");
    writer.name("upload").value(upload);
    writer.name("date").value(midnight());
    writer.name("download").value(download);
    writer.endObject();
    writer.endObject();
  }

  /** Writes a row like the page's samples of series. */
  void writeDay(JsonWriter writer) throws IOException {
    writer.beginObject();
    writer.name("day").value(midnight());
    writer.name("download").value(download);
    writer.name("total").value(total());
    writer.name("unit").value("bytes");
    writer.name("upload").value(upload);
    writer.endObject();
  }

  private String midnight() {
    return start + "T00:00:00Z";
  }
}
