package io.simtally.mason;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log of rows whose total is not what went in both directions. Which of the three numbers
 * is wrong nobody can tell from outside, and refusing such a row would take all others of its page
 * away; so the total stays as Mason counts it.
 */
final class UnequalTotals {
  private static final Logger LOG = LoggerFactory.getLogger("io.simtally.mason");

  private UnequalTotals() {}

  /** Warns once of all such rows of one answer. */
  static void report(String call, List<Usage> rows) {
    var unequal = rows.stream().filter(row -> !row.isTotalOfBothDirections()).toList();
    if (!unequal.isEmpty()) {
      var first = unequal.get(0);
      LOG.warn(
          "{}: {} of {} rows have a total that is not upload + download, as {} = {} + {} of {};"
              + " total is taken as Mason counts it",
          call,
          unequal.size(),
          rows.size(),
          first.total(),
          first.upload(),
          first.download(),
          first.date());
    }
  }
}
