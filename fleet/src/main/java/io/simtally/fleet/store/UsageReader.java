package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a store.
 *
 * <p>A {@link UsageStore} reads what has been committed when a method is called. A {@linkplain
 * UsageStore#snapshot() snapshot} reads one state of the store with all of its methods. Methods
 * with a consumer pass each row to it as the database returns it, so memory does not grow with the
 * rows. An exception of the consumer ends the method and is passed on to the caller.
 */
public interface UsageReader extends AutoCloseable {
  /**
   * Returns which days of some subjects have been read, in one query.
   *
   * @param provider the provider, as in its records
   * @param subjects the subjects; a chunk of a large fleet
   * @param days the days
   * @return the days read, limited to {@code days}, ordered by subject and day, without overlaps
   * @throws StoreException if the store cannot be read
   */
  List<Coverage> coverage(String provider, Collection<String> subjects, DayRange days);

  /**
   * Reads the records that start in some days, ordered by provider, subject and start.
   *
   * @param days the days
   * @param taker receives each record
   * @throws StoreException if the store cannot be read
   */
  void records(DayRange days, Consumer<? super UsageRecord> taker);

  /**
   * Reads the bytes of each subject on each day that has a record, ordered by provider, subject and
   * day.
   *
   * @param days the days
   * @param taker receives each day of each subject
   * @throws StoreException if the store cannot be read, or the bytes of a subject on a day exceed a
   *     {@code long}; the message names both
   */
  void dailyUsage(DayRange days, Consumer<? super DailyUsage> taker);

  /**
   * Returns the bytes of each provider in each month, ordered by provider and month.
   *
   * @param days the days; a month that is only partly in them counts for that part
   * @return the months that have a record
   * @throws StoreException if the store cannot be read
   */
  List<MonthlyUsage> monthlyUsage(DayRange days);

  /**
   * Reads which days have been read, limited to some days, ordered by provider, subject and day.
   *
   * @param days the days
   * @param taker receives each range
   * @throws StoreException if the store cannot be read
   */
  void coverage(DayRange days, Consumer<? super Coverage> taker);

  /**
   * Reads the open failures: days that could not be read and have not been read since. They are
   * ordered by provider, subject and day.
   *
   * @param taker receives each failure
   * @throws StoreException if the store cannot be read
   */
  void failures(Consumer<? super Failure> taker);

  /**
   * Reads the days whose figures a later reading changed, ordered by provider, subject and day.
   *
   * @param taker receives each correction
   * @throws StoreException if the store cannot be read
   */
  void corrections(Consumer<? super Correction> taker);

  /**
   * Returns the days from the first to the last that has been read of any subject.
   *
   * @return the days, or empty if nothing has been read
   * @throws StoreException if the store cannot be read
   */
  Optional<DayRange> days();

  /** Releases the connection to the store. Written data is kept. */
  @Override
  void close();
}
