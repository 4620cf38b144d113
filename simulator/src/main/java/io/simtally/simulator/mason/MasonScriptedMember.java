package io.simtally.simulator.mason;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/**
 * A SIM whose usage a user gave.
 *
 * @param history oldest first; of one day in the order in which it was given
 */
record MasonScriptedMember(String iccid, List<MasonDay> history) implements MasonMember {
  MasonScriptedMember {
    history = history.stream().sorted(Comparator.comparing(MasonDay::day)).toList();
  }

  @Override
  public void days(LocalDate first, LocalDate last, Visitor visitor) {
    for (MasonDay day : history) {
      if (!day.day().isBefore(first) && !day.day().isAfter(last)) {
        visitor.day(day.day(), day.upload(), day.download(), key -> day.markers().get(key.word()));
      }
    }
  }
}
