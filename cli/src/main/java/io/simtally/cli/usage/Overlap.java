package io.simtally.cli.usage;

import java.util.List;
import java.util.Set;

/**
 * The devices of one carrier that another one counts as well: the total of the fleet has them once,
 * by that other carrier's figure.
 *
 * @param by the name of the other carrier, empty if there is none
 * @param subjects the devices
 * @param bytes what the total does not add
 * @param bytesByDay the same by the days of the period
 */
public record Overlap(String by, Set<String> subjects, long bytes, List<Long> bytesByDay) {

  public static final Overlap NONE = new Overlap("", Set.of(), 0, List.of());

  public Overlap {
    subjects = Set.copyOf(subjects);
    bytesByDay = List.copyOf(bytesByDay);
  }

  boolean isEmpty() {
    return subjects.isEmpty();
  }

  long bytesOf(int day) {
    return bytesByDay.isEmpty() ? 0 : bytesByDay.get(day);
  }
}
