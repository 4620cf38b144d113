package io.simtally.cli.usage;

import io.simtally.fleet.store.Correction;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The days of one account whose stored total a later reading changed. Corrections are added in the
 * order of device, day and time; those of one day are one change.
 */
public final class Corrections {
  private static final int LISTED = 20;

  private static final Comparator<Change> BY_BYTES =
      Comparator.comparing((Change each) -> each.bytes().abs())
          .reversed()
          .thenComparing(Change::subject)
          .thenComparing(Change::day);

  private final Instant latestRun;
  private final PriorityQueue<Change> greatest = new PriorityQueue<>(BY_BYTES.reversed());
  private BigInteger bytes = BigInteger.ZERO;
  private long days;
  private long daysOfLatestRun;
  private @Nullable Change current;
  private long ofLatestRun;

  /**
   * The change of a day of a device.
   *
   * @param beforeBytes the first stored total
   * @param afterBytes the last one
   * @param noticedAt the time of the last change
   */
  public record Change(
      String subject, LocalDate day, long beforeBytes, long afterBytes, Instant noticedAt) {
    /** Returns the added bytes, negative if the day lost bytes. */
    public BigInteger bytes() {
      return BigInteger.valueOf(afterBytes).subtract(BigInteger.valueOf(beforeBytes));
    }
  }

  /** Creates an empty list of corrections, with the begin of the latest run or null. */
  public Corrections(@Nullable Instant latestRun) {
    this.latestRun = latestRun == null ? Instant.MIN : latestRun;
  }

  public void add(Correction each) {
    if (current != null
        && current.subject().equals(each.subject())
        && current.day().equals(each.day())) {
      current =
          new Change(
              each.subject(),
              each.day(),
              current.beforeBytes(),
              each.afterBytes(),
              each.noticedAt());
    } else {
      finish();
      current =
          new Change(
              each.subject(), each.day(), each.beforeBytes(), each.afterBytes(), each.noticedAt());
    }
    if (!each.noticedAt().isBefore(latestRun)) {
      ofLatestRun += each.afterBytes() - each.beforeBytes();
    }
  }

  /** Counts the last day. Called after the last correction. */
  public void finish() {
    if (current == null) {
      return;
    }
    daysOfLatestRun += ofLatestRun == 0 ? 0 : 1;
    if (current.bytes().signum() != 0) {
      days++;
      bytes = bytes.add(current.bytes());
      greatest.add(current);
      if (greatest.size() > LISTED) {
        greatest.remove();
      }
    }
    current = null;
    ofLatestRun = 0;
  }

  /** Returns the number of days that the latest run changed, and did not change back. */
  public long daysOfLatestRun() {
    return daysOfLatestRun;
  }

  /** Returns the number of days whose total is not the first stored one. */
  public long days() {
    return days;
  }

  /** Returns the sum of the changes. */
  public BigInteger bytes() {
    return bytes;
  }

  /** Returns the greatest changes, the greatest first. */
  public List<Change> greatest() {
    var sorted = new ArrayList<>(greatest);
    sorted.sort(BY_BYTES);
    return sorted;
  }
}
