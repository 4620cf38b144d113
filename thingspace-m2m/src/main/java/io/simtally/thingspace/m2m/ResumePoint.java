package io.simtally.thingspace.m2m;

import io.simtally.core.internal.PagingStalledException;
import io.simtally.core.internal.Timestamps;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The start of the next page. The next page is asked from the last second of the page before, which
 * may have been incomplete, so rows of that second are repeated. Equal rows are counted, not
 * collected in a set.
 *
 * @param second the start of the next page; requests carry whole seconds
 * @param delivered the rows of that second that were delivered
 */
record ResumePoint(Instant second, List<RowDigest> delivered) {
  /** The start of the first page. */
  static final ResumePoint START = new ResumePoint(Instant.MIN, List.of());

  /**
   * Returns the rows of {@code page}, which was asked from here, that were not delivered.
   *
   * @throws PagingStalledException if that cannot be decided
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

  /** Refuses a row that changed after it was delivered: it would count twice. */
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
   * Returns the start of the page after {@code page}, which was asked from here and promises more.
   *
   * @param page all rows of the page
   * @param rows its rows that were not delivered before
   * @throws PagingStalledException if rows could be missed
   */
  ResumePoint behind(List<DailyUsage> page, List<DailyUsage> rows) throws PagingStalledException {
    var last = second;
    for (var row : page) {
      if (second(row).isBefore(last)) {
        throw new PagingStalledException(
            "the page promises more data and is not oldest first: "
                + row.timestamp()
                + " follows "
                + last);
      }
      last = second(row);
    }
    if (rows.isEmpty()) {
      throw new PagingStalledException("the page promises more data and has no new row");
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

  /** Returns the text that is stored in a cursor. */
  @Override
  public String toString() {
    var text = new StringBuilder(Timestamps.utcSeconds(second)).append(' ');
    delivered.stream().map(RowDigest::toString).sorted().forEach(text::append);
    return text.toString();
  }

  /**
   * Parses the text of {@link #toString()}.
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
