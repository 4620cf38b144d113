package io.simtally.spark;

import io.simtally.core.DayRange;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;
import org.jspecify.annotations.Nullable;

/**
 * The part of the usage of an account that one task reads.
 *
 * @param key the key of the client
 * @param portions the portions, in the order in which they are read
 */
record UsagePartition(SourceKey key, List<Portion> portions) implements InputPartition {
  private static final long serialVersionUID = 1L;

  /** Copies the list. */
  UsagePartition {
    portions = List.copyOf(portions);
  }

  /**
   * A number of devices on a range of days.
   *
   * @param devices the devices, or null for the whole account
   * @param from the first day
   * @param to the last day, included
   */
  record Portion(@Nullable DeviceList devices, LocalDate from, LocalDate to)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    DayRange days() {
      return DayRange.of(from, to);
    }
  }
}
