package io.simtally.spark.changes;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.jspecify.annotations.Nullable;

/**
 * A position in the ledger of a store: how many times the stream has compared the store with what
 * it had returned, and the name of the last comparison. Times are no positions, because
 * transactions commit in another order than that of the times in their rows.
 */
final class ChangeOffset extends Offset {
  static final ChangeOffset START = new ChangeOffset(0, "start");

  private static final Pattern JSON =
      Pattern.compile("\\{\"position\":(\\d{1,18}),\"id\":\"([0-9a-z-]+)\"}");

  private final long position;
  private final String id;

  ChangeOffset(long position, String id) {
    this.position = position;
    this.id = id;
  }

  static ChangeOffset of(String json) {
    var match = JSON.matcher(json);
    if (!match.matches()) {
      throw new IllegalArgumentException("`" + json + "` is no position of a simtally stream");
    }
    return new ChangeOffset(Long.parseLong(match.group(1)), match.group(2));
  }

  long position() {
    return position;
  }

  /** Returns the name of the files of this position. */
  String fileName() {
    return String.format(Locale.ROOT, "%018d-%s", position, id);
  }

  @Override
  public String json() {
    return "{\"position\":" + position + ",\"id\":\"" + id + "\"}";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ChangeOffset offset
        && position == offset.position
        && id.equals(offset.id);
  }

  @Override
  public int hashCode() {
    return Objects.hash(position, id);
  }
}
