package io.simtally.mason;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Log warning for rows whose total is not upload + download. Which of the three numbers is wrong
 * cannot be decided, so the total stays as Mason counts it.
 */
final class UnequalTotals {
  private static final Logger LOG = LoggerFactory.getLogger("io.simtally.mason");

  private UnequalTotals() {}

  /** Logs one warning for all such rows of one answer. */
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
