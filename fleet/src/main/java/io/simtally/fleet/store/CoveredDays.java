package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The coverage of one subject, joined to the fewest rows that keep which days are settled. */
final class CoveredDays {
  private CoveredDays() {}

  /** Returns the coverage after a reading. */
  static List<Coverage> with(Collection<Coverage> before, Coverage read, int settleAfterDays) {
    var pieces = without(before, read.days());
    pieces.add(read);
    pieces.sort(Comparator.comparing(piece -> piece.days().from()));
    return joined(pieces, settleAfterDays);
  }

  /** Returns the coverage without the days of a reading. */
  static List<Coverage> without(Collection<Coverage> before, DayRange replaced) {
    var pieces = new ArrayList<Coverage>();
    for (var each : before) {
      for (var left : each.days().without(List.of(replaced))) {
        pieces.add(
            new Coverage(each.provider(), each.account(), each.subject(), left, each.readAt()));
      }
    }
    return pieces;
  }

  private static List<Coverage> joined(List<Coverage> pieces, int settleAfterDays) {
    var joined = new ArrayList<Coverage>();
    for (var piece : pieces) {
      var last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null
          && last.days().to().plusDays(1).equals(piece.days().from())
          && mayJoin(last, piece, settleAfterDays)) {
        joined.set(joined.size() - 1, join(last, piece, settleAfterDays));
      } else {
        joined.add(piece);
      }
    }
    return joined;
  }

  private static boolean mayJoin(Coverage one, Coverage other, int settleAfterDays) {
    return one.readAt().equals(other.readAt())
        || (isSettled(one, settleAfterDays) && isSettled(other, settleAfterDays))
        || (isUnsettled(one, settleAfterDays) && isUnsettled(other, settleAfterDays));
  }

  /** Joins settled days with the later time of reading, and unsettled days with the earlier one. */
  private static Coverage join(Coverage one, Coverage other, int settleAfterDays) {
    var oneIsEarlier = one.readAt().isBefore(other.readAt());
    var readAt = oneIsEarlier == isSettled(one, settleAfterDays) ? other.readAt() : one.readAt();
    var days = new DayRange(one.days().from(), other.days().to());
    return new Coverage(one.provider(), one.account(), one.subject(), days, readAt);
  }

  private static boolean isSettled(Coverage piece, int settleAfterDays) {
    return !Coverage.lastSettled(piece.readAt(), settleAfterDays).isBefore(piece.days().to());
  }

  private static boolean isUnsettled(Coverage piece, int settleAfterDays) {
    return Coverage.lastSettled(piece.readAt(), settleAfterDays).isBefore(piece.days().from());
  }
}
