package io.simtally.cli.usage;

import java.time.LocalDate;

/**
 * A device whose last day is far above its own median.
 *
 * @param carrier the carrier's name
 * @param subject the device
 * @param day its last day with a record
 * @param bytes the bytes of that day
 * @param medianBytes the median of its other days
 */
public record Runaway(String carrier, String subject, LocalDate day, long bytes, long medianBytes) {

  /** Returns the last day as a multiple of the median, for example {@code 12x}. */
  public String times() {
    return medianBytes == 0 ? "from 0" : ByteCount.grouped(bytes / medianBytes) + "x";
  }
}
