package io.simtally.fleet.store.sum;

import io.simtally.core.DayRange;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a store has of one subject, in one row: the sums of its records in the days of a query, and
 * which days have been read at any time.
 *
 * @param provider the provider, as in usage records
 * @param account the account
 * @param subject the subject
 * @param label the label, or null
 * @param group the group, or null
 * @param records the number of records that start in the days of the query
 * @param totalBytes their sum
 * @param recordDays the days of the query that have a record, counted from 0
 * @param sizes the distribution of the records' bytes
 * @param hasSeveralSources whether the records have different sources
 * @param longestSeconds the longest period of a record in seconds, or null if no record has one
 * @param read the days that have been read of this subject alone, in and out of the query's days
 * @param hasFailure whether the subject has an open failure of its own on any day
 */
public record SubjectUsage(
    String provider,
    String account,
    String subject,
    @Nullable String label,
    @Nullable String group,
    long records,
    BigInteger totalBytes,
    BitSet recordDays,
    Sizes sizes,
    boolean hasSeveralSources,
    @Nullable Long longestSeconds,
    List<ReadDays> read,
    boolean hasFailure) {

  /**
   * Days that have been read.
   *
   * @param days the days
   * @param readOn the day of the reading in UTC
   */
  public record ReadDays(DayRange days, LocalDate readOn) {
    /**
     * Returns the days that the carrier may still correct.
     *
     * @param settleAfterDays how many days after its end a day must be read to count as settled
     * @return the last of the days, or none
     */
    public List<DayRange> unsettled(int settleAfterDays) {
      var settled = readOn.minusDays(settleAfterDays + 1L);
      if (!settled.isBefore(days.to())) {
        return List.of();
      }
      var first = settled.isBefore(days.from()) ? days.from() : settled.plusDays(1);
      return List.of(new DayRange(first, days.to()));
    }
  }

  /**
   * The distribution of the records' bytes, known if no day has two records.
   *
   * @param lastBytes the bytes of the last record, at most 2^53
   * @param counts the number of records of each size, nine bits each, or null if it is not known
   */
  public record Sizes(long lastBytes, @Nullable Long counts) {
    /** The records of one size are below its bound; the last size has none. */
    public static final List<Long> BOUNDS =
        List.of(1_000_000L, 4_000_000L, 16_000_000L, 64_000_000L, 256_000_000L, 1_000_000_000L);

    /** The bits of the number of records of one size. */
    public static final int BITS = 9;

    /** The largest known size of the last record. */
    public static final long MOST_BYTES = (1L << 53) - 1;

    /**
     * Returns a number that the records with at most some bytes do not exceed.
     *
     * @param bytes the bytes of a record
     * @param counts the number of records of each size
     * @return the number of records that may have at most these bytes
     */
    public static long recordsOfAtMost(long bytes, long counts) {
      var sum = 0L;
      for (int size = 0; size <= BOUNDS.size(); size++) {
        if (size == 0 || BOUNDS.get(size - 1) <= bytes) {
          sum += (counts >> (BITS * size)) & ((1 << BITS) - 1);
        }
      }
      return sum;
    }
  }

  /** {@return whether no day has two records} */
  public boolean isOneRecordADay() {
    return records == recordDays.cardinality();
  }

  /**
   * Returns the bytes of the last record.
   *
   * @return the bytes, at most 2^53, or empty if a day has two records or there is no record
   */
  public OptionalLong lastBytes() {
    return records > 0 && isOneRecordADay()
        ? OptionalLong.of(sizes.lastBytes())
        : OptionalLong.empty();
  }

  /**
   * Returns a number that at most so many records do not exceed: the true number can be lower.
   *
   * @param bytes the bytes of a record
   * @return the number of records that may have at most these bytes
   */
  public long recordsOfAtMost(long bytes) {
    var counts = sizes.counts();
    return counts == null ? records : Sizes.recordsOfAtMost(bytes, counts);
  }
}
