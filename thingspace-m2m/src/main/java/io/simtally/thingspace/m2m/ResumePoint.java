package io.simtally.thingspace.m2m;

import io.simtally.core.internal.PagingStalledException;
import io.simtally.core.internal.Timestamps;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the next page begins. It is asked from the last second of the page before, which may not
 * have been complete; so it brings rows of that second again. Several of them may be equal, so they
 * are counted, not collected in a set.
 *
 * @param second what the next page is asked from; requests carry whole seconds
 * @param delivered the rows of that second that have been delivered
 */
record ResumePoint(Instant second, List<RowDigest> delivered) {
  /** Before any row. */
  static final ResumePoint START = new ResumePoint(Instant.MIN, List.of());

  /**
   * The rows of {@code page}, which was asked from here, that have not been delivered.
   *
   * @throws PagingStalledException if it is not sure which these are
   */
  List<DailyUsage> undelivered(List<DailyUsage> page) throws PagingStalledException {
    if (equals(START)) {
      return page;
    }
    var missing = new ArrayList<>(delivered);
    var rows = new ArrayList<DailyUsage>(page.size());
    for (var row : page) {
      var order = second(row).compareTo(second);
      if (order < 0) {
        throw new PagingStalledException(
            "the page was asked from " + second + " and holds a row of " + row.timestamp());
      }
      if (order > 0 || !missing.remove(RowDigest.of(row))) {
        rows.add(row);
      }
    }
    refuseChanged(rows, missing);
    return rows;
  }

  /** Counted again since it was delivered, a row would count twice; it cannot be taken back. */
  private void refuseChanged(List<DailyUsage> rows, List<RowDigest> missing)
      throws PagingStalledException {
    for (var gone : missing) {
      for (var row : rows) {
        if (second(row).equals(second) && RowDigest.of(row).identity().equals(gone.identity())) {
          throw new PagingStalledException(
              "the row of " + row.timestamp() + " has changed since the page before was read");
        }
      }
    }
  }

  /**
   * The point behind a page that was asked from here and promises more.
   *
   * @param page all its rows
   * @param rows those that had not been delivered
   * @throws PagingStalledException if older rows may be missing, which could not be asked for any
   *     more
   */
  ResumePoint behind(List<DailyUsage> page, List<DailyUsage> rows) throws PagingStalledException {
    var last = second;
    for (var row : page) {
      if (second(row).isBefore(last)) {
        throw new PagingStalledException(
            "the page promises more data and is not oldest first: "
                + row.timestamp()
                + " stands behind "
                + last);
      }
      last = second(row);
    }
    if (rows.isEmpty()) {
      throw new PagingStalledException("the page promises more data and brings no new row");
    }
    var deliveredThen = new ArrayList<RowDigest>();
    if (last.equals(second)) {
      deliveredThen.addAll(delivered);
    }
    for (var row : rows) {
      if (second(row).equals(last)) {
        deliveredThen.add(RowDigest.of(row));
      }
    }
    return new ResumePoint(last, List.copyOf(deliveredThen));
  }

  private static Instant second(DailyUsage row) {
    return row.timestamp().toInstant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** The text that travels in a cursor. */
  @Override
  public String toString() {
    var text = new StringBuilder(Timestamps.utcSeconds(second)).append(' ');
    delivered.stream().map(RowDigest::toString).sorted().forEach(text::append);
    return text.toString();
  }

  /**
   * Reads what {@link #toString()} wrote.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static ResumePoint parse(String text) {
    var space = text.indexOf(' ');
    var digests = text.substring(space + 1);
    try {
      if (space < 0 || !digests.matches("(?:[0-9a-f]{" + RowDigest.LENGTH + "})*+")) {
        throw new IllegalArgumentException("cursor is not one of a usage history");
      }
      var delivered = new ArrayList<RowDigest>();
      for (int at = 0; at < digests.length(); at += RowDigest.LENGTH) {
        delivered.add(RowDigest.parse(digests.substring(at, at + RowDigest.LENGTH)));
      }
      return new ResumePoint(Timestamps.parse(text.substring(0, space)).toInstant(), delivered);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("cursor is not one of a usage history", e);
    }
  }
}
