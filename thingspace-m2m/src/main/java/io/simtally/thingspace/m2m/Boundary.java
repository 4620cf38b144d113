package io.simtally.thingspace.m2m;

import io.simtally.core.internal.JsonBody;
import io.simtally.core.internal.Timestamps;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Where one page ends and the next begins: the greatest second seen, and the rows of that second
 * that have been delivered. The next page is asked from this second on, so it brings them again;
 * several rows may be equal, so they are counted, not collected in a set.
 *
 * @param second the {@code earliest} of the next page
 * @param delivered a digest of each row delivered for that second, sorted
 * @param isInOrder whether the page before ended with that second, as it does if rows come oldest
 *     first; if not, it is not sure that all older rows have been delivered
 */
record Boundary(Instant second, List<String> delivered, boolean isInOrder) {
  private static final String OUT_OF_ORDER = "~";

  /** 128 bits: no two different rows of a second will ever share one. */
  private static final int DIGEST_LENGTH = 32;

  private static final Comparator<ExtendedAttribute> BY_KEY =
      Comparator.comparing(ExtendedAttribute::key)
          .thenComparing(
              ExtendedAttribute::value, Comparator.nullsFirst(Comparator.naturalOrder()));

  /** Takes the rows out of {@code page} that have been delivered, each as often as it was. */
  List<DailyUsage> withoutDelivered(List<DailyUsage> page) {
    var repeated = new ArrayList<>(delivered);
    var rows = new ArrayList<DailyUsage>(page.size());
    for (var row : page) {
      var order = second(row).compareTo(second);
      // Rows come oldest first: one from before the boundary has been delivered as well.
      if (order > 0 || (order == 0 && !repeated.remove(digest(row)))) {
        rows.add(row);
      }
    }
    return rows;
  }

  /** The boundary behind {@code rows}, which this one stands before. */
  Boundary behind(List<DailyUsage> rows) {
    return behind(rows, this);
  }

  /** The boundary behind the rows of a first page. */
  static Boundary behindFirst(List<DailyUsage> rows) {
    return behind(rows, new Boundary(Instant.MIN, List.of(), true));
  }

  private static Boundary behind(List<DailyUsage> rows, Boundary before) {
    var last = rows.stream().map(Boundary::second).max(Instant::compareTo).orElse(before.second);
    var delivered = new ArrayList<String>();
    if (last.compareTo(before.second) <= 0) {
      last = before.second;
      delivered.addAll(before.delivered);
    }
    for (var row : rows) {
      if (second(row).equals(last)) {
        delivered.add(digest(row));
      }
    }
    Collections.sort(delivered);
    var isInOrder = !rows.isEmpty() && second(rows.get(rows.size() - 1)).equals(last);
    return new Boundary(last, Collections.unmodifiableList(delivered), isInOrder);
  }

  /** Requests carry whole seconds. */
  private static Instant second(DailyUsage row) {
    return row.timestamp().toInstant().truncatedTo(ChronoUnit.SECONDS);
  }

  private static String digest(DailyUsage row) {
    // The same row may come back in another notation: no rule orders its attributes.
    var attributes = new ArrayList<>(row.extendedAttributes());
    attributes.sort(BY_KEY);
    var text =
        JsonBody.write(
            json -> {
              json.beginArray();
              json.value(row.timestamp().toInstant().toString());
              json.value(row.bytesUsed()).value(row.smsUsed());
              json.value(row.source()).value(row.servicePlan());
              for (var attribute : attributes) {
                json.value(attribute.key()).value(attribute.value());
              }
              json.endArray();
            });
    return text.sha256().hex().substring(0, DIGEST_LENGTH);
  }

  /** The text that travels in a cursor. */
  @Override
  public String toString() {
    return Timestamps.utcSeconds(second)
        + " "
        + (isInOrder ? "" : OUT_OF_ORDER)
        + String.join("", delivered);
  }

  /**
   * Reads what {@link #toString()} wrote.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static Boundary parse(String text) {
    var space = text.indexOf(' ');
    var isInOrder = !text.startsWith(OUT_OF_ORDER, space + 1);
    var digests = text.substring(space + (isInOrder ? 1 : 1 + OUT_OF_ORDER.length()));
    try {
      if (space < 0 || !digests.matches("([0-9a-f]{" + DIGEST_LENGTH + "})*+")) {
        throw new IllegalArgumentException("cursor is not one of a usage history");
      }
      return new Boundary(
          Timestamps.parse(text.substring(0, space)).toInstant(),
          digests.isEmpty()
              ? List.of()
              : Arrays.asList(digests.split("(?<=\\G.{" + DIGEST_LENGTH + "})")),
          isInOrder);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("cursor is not one of a usage history", e);
    }
  }
}
