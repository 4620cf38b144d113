package io.simtally.simulator.thingspace;

import io.simtally.simulator.internal.SeededRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Generates sessions for the days of a device's usage history: one to four a day without overlap,
 * whose bytes add up to those of the day.
 */
final class GeneratedSessions {
  private static final int MOST_A_DAY = 4;
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
  private static final long SHORTEST_MILLIS = Duration.ofMinutes(1).toMillis();

  private final SeededRandom random;
  private final List<SimulatedSession> sessions = new ArrayList<>();

  private GeneratedSessions(SeededRandom random) {
    this.random = random;
  }

  /**
   * Returns the sessions of a history.
   *
   * @param history oldest first; rows of one timestamp are one day
   */
  static List<SimulatedSession> of(List<SimulatedUsage> history, SeededRandom random) {
    GeneratedSessions generated = new GeneratedSessions(random);
    for (int i = 0; i < history.size(); ) {
      Instant day = history.get(i).timestamp();
      long bytes = 0;
      for (; i < history.size() && history.get(i).timestamp().equals(day); i++) {
        bytes += history.get(i).bytesUsed();
      }
      generated.addDay(day, bytes);
    }
    return generated.sessions;
  }

  private void addDay(Instant day, long bytes) {
    int count = 1 + random.below(MOST_A_DAY);
    long slotMillis = DAY_MILLIS / count;
    long left = bytes;
    for (int i = 0; i < count; i++) {
      long share = i == count - 1 ? left : (long) (left * random.nextDouble());
      left -= share;
      add(day.plusMillis(i * slotMillis), slotMillis, share);
    }
  }

  /** Adds a session within its slot of the day, so that no two sessions overlap. */
  private void add(Instant slot, long slotMillis, long bytes) {
    long half = slotMillis / 2;
    Instant start = slot.plusMillis((long) (half * random.nextDouble()));
    long millis = SHORTEST_MILLIS + (long) ((half - SHORTEST_MILLIS) * random.nextDouble());
    sessions.add(new SimulatedSession(start, start.plusMillis(millis), bytes));
  }
}
