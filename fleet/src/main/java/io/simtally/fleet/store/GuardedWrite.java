package io.simtally.fleet.store;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a write left unwritten because it would remove stored usage.
 *
 * @param held a failure of kind {@link Failure#HELD} for each range of days that was held back
 * @param losing readings of devices that lower the usage of stored days. Whether they may be
 *     written depends on the other devices of their account: see {@link UsageStore#writeLosses}
 */
public record GuardedWrite(List<Failure> held, List<Losing> losing) {
  /** Copies the lists. */
  public GuardedWrite {
    held = List.copyOf(held);
    losing = List.copyOf(losing);
  }

  /**
   * A reading of one device that lowers the usage of stored days.
   *
   * @param reading the reading
   * @param lostBytes the bytes that each lowered day loses
   * @param emptied the lowered days that have no usage left
   */
  public record Losing(Reading reading, Map<LocalDate, Long> lostBytes, Set<LocalDate> emptied) {
    /** Copies the collections. */
    public Losing {
      lostBytes = Map.copyOf(lostBytes);
      emptied = Set.copyOf(emptied);
    }
  }
}
