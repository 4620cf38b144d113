package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a store.
 *
 * <p>A {@link UsageStore} reads what has been committed when a method is called. A {@linkplain
 * UsageStore#snapshot() snapshot} reads one state of the store with all of its methods. A stream
 * reads its rows from the database one by one, so memory does not grow with the rows. It holds a
 * connection until its last row or until it is closed: close a stream that may end early. A stream
 * throws {@link StoreException} if the store cannot be read.
 */
public interface UsageReader extends AutoCloseable {
  /**
   * Returns which days of some subjects have been read, in one query.
   *
   * @param provider the provider, as in usage records
   * @param account the account
   * @param subjects the subjects; a chunk of a large fleet
   * @param days the days
   * @return the days read, limited to {@code days}, ordered by subject and day, without overlaps
   * @throws StoreException if the store cannot be read
   */
  List<Coverage> coverage(
      String provider, String account, Collection<String> subjects, DayRange days);

  /**
   * Returns the records that start in the days of a query.
   *
   * @param query the selection
   * @return the records, ordered by provider, account, subject and start, to be closed
   * @throws StoreException if the store cannot be read
   */
  Stream<StoredRecord> usageRecords(UsageQuery query);

  /**
   * Returns the records that start in the days of a query, in any order: sorting the records of a
   * large fleet takes longer than reading them. The default sorts them.
   *
   * @param query the selection
   * @return the records, to be closed
   * @throws StoreException if the store cannot be read
   */
  default Stream<StoredRecord> unsortedRecords(UsageQuery query) {
    return usageRecords(query);
  }

  /**
   * Returns the bytes of each subject on each day that has a record. The stream throws {@link
   * StoreException} if the bytes of a subject on a day exceed a {@code long}; the message names
   * both.
   *
   * @param query the selection
   * @return the days, ordered by provider, account, subject and day, to be closed
   * @throws StoreException if the store cannot be read
   */
  Stream<DailyUsage> dailyUsage(UsageQuery query);

  /**
   * Returns one row for each subject that has a record in the days of a query, or has been read or
   * has failed on any day.
   *
   * @param query the selection, with days
   * @return the subjects, ordered by provider, account and subject, to be closed
   * @throws IllegalArgumentException if the query has no days
   * @throws StoreException if the store cannot be read
   */
  Stream<SubjectUsage> subjectUsage(UsageQuery query);

  /**
   * Returns the bytes of each account on each day that has a record.
   *
   * @param query the selection
   * @return the days, ordered by provider, account and day
   * @throws StoreException if the store cannot be read
   */
  List<DayTotal> dayTotals(UsageQuery query);

  /**
   * Returns the bytes of subjects on each day that has a record, with the sources of days that
   * several sources counted.
   *
   * @param query the selection
   * @param subjects the subjects, or none for all subjects of the query
   * @return the days, ordered by provider, account, subject and day, to be closed
   * @throws StoreException if the store cannot be read
   */
  Stream<SubjectDayTotal> subjectDays(UsageQuery query, Collection<String> subjects);

  /**
   * Returns the bytes of each account in each month.
   *
   * @param query the selection; a month that is only partly in its days counts for that part
   * @return the months that have a record, ordered by provider, account and month
   * @throws StoreException if the store cannot be read
   */
  List<MonthlyUsage> monthlyUsage(UsageQuery query);

  /**
   * Returns which days have been read, limited to the days of a query.
   *
   * @param query the selection
   * @return the days, ordered by provider, account, subject and day, to be closed
   * @throws StoreException if the store cannot be read
   */
  Stream<Coverage> coverage(UsageQuery query);

  /**
   * Returns the open failures, limited to the days of a query: days that could not be read and have
   * not been read since.
   *
   * @param query the selection
   * @return the failures, ordered by provider, account, subject and day, to be closed
   * @throws StoreException if the store cannot be read
   */
  Stream<Failure> failures(UsageQuery query);

  /**
   * Returns the corrections of the days of a query.
   *
   * @param query the selection
   * @return the corrections, ordered by provider, account, subject, day and time, to be closed
   * @throws StoreException if the store cannot be read
   */
  Stream<Correction> corrections(UsageQuery query);

  /**
   * Returns the labels and groups of devices. The default has none.
   *
   * @param query the selection; its days have no meaning here
   * @return the devices with a label or a group, now or once, ordered by provider, account and
   *     subject, to be closed
   * @throws StoreException if the store cannot be read
   */
  default Stream<StoredDevice> devices(UsageQuery query) {
    return Stream.empty();
  }

  /**
   * Returns the accounts that have been read.
   *
   * @return the accounts, ordered by provider and account
   * @throws StoreException if the store cannot be read
   */
  List<StoredAccount> accounts();

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
