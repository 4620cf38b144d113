package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.fleet.store.sum.DayTotal;
import io.simtally.fleet.store.sum.SubjectDayTotal;
import io.simtally.fleet.store.sum.SubjectUsage;
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
   * Returns the records that start in the days of a query and count in the totals: of a day that
   * several sources counted, those that the {@linkplain io.simtally.fleet.source.SourceRule rule}
   * of the account has chosen.
   *
   * @param query the selection
   * @return the records, ordered by provider, account, subject and start, to be closed
   * @throws IllegalArgumentException if the query is {@linkplain UsageQuery#asOf as of} a moment
   * @throws StoreException if the store cannot be read
   */
  Stream<StoredRecord> usageRecords(UsageQuery query);

  /**
   * Returns the records of other sources, which the totals leave out. None by default.
   *
   * @param query the selection
   * @return the records, ordered by provider, account, subject and start, to be closed
   * @throws StoreException if the store cannot be read
   */
  default Stream<StoredRecord> uncountedRecords(UsageQuery query) {
    return Stream.empty();
  }

  /**
   * Returns the bytes of other sources, which the totals leave out, of each account in each month.
   * None by default.
   *
   * @param query the selection; a month that is only partly in its days counts for that part
   * @return the months that have such a record, ordered by provider, account and month
   * @throws StoreException if the store cannot be read
   */
  default List<MonthlyUsage> uncountedUsage(UsageQuery query) {
    return List.of();
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
   * Returns the bytes of some subjects on each day that has a record. Throws as {@link
   * #dailyUsage(UsageQuery)}. The default sends a query for each subject.
   *
   * @param provider the provider, as in usage records
   * @param account the account
   * @param subjects the subjects, each once
   * @param days the days
   * @return the days, those of a subject together, to be closed
   * @throws StoreException if the store cannot be read
   */
  default Stream<DailyUsage> dailyUsage(
      String provider, String account, Collection<String> subjects, DayRange days) {
    var query = UsageQuery.days(days).provider(provider).account(account);
    return subjects.stream().flatMap(subject -> dailyUsage(query.subject(subject)));
  }

  /**
   * Returns the subjects that have a record in the days of a query, each once for each provider and
   * account. The default goes through all {@linkplain #dailyUsage days}.
   *
   * @param query the selection
   * @return the subjects, ordered by provider, account and subject, to be closed
   * @throws StoreException if the store cannot be read
   */
  default Stream<String> subjects(UsageQuery query) {
    return dailyUsage(query)
        .map(each -> List.of(each.provider(), each.account(), each.subject()))
        .distinct()
        .map(each -> each.get(2));
  }

  /**
   * Returns one row for each subject that has a record in the days of a query, or has been read or
   * has failed on any day. The default sums in memory, which grows with the number of subjects.
   *
   * @param query the selection, with days
   * @return the subjects, ordered by provider, account and subject, to be closed
   * @throws IllegalArgumentException if the query has no days
   * @throws StoreException if the store cannot be read
   */
  default Stream<SubjectUsage> subjectUsage(UsageQuery query) {
    return new DerivedSums(this).subjectUsage(query);
  }

  /**
   * Returns the bytes of each account on each day that has a record. The default sums all
   * {@linkplain #usageRecords records}.
   *
   * @param query the selection
   * @return the days, ordered by provider, account and day
   * @throws StoreException if the store cannot be read
   */
  default List<DayTotal> dayTotals(UsageQuery query) {
    return new DerivedSums(this).dayTotals(query);
  }

  /**
   * Returns the bytes of subjects on each day that has a record, with the sources of days that
   * several sources counted. The default sums all {@linkplain #usageRecords records}.
   *
   * @param query the selection
   * @param subjects the subjects, or none for all subjects of the query
   * @return the days, ordered by provider, account, subject and day, to be closed
   * @throws StoreException if the store cannot be read
   */
  default Stream<SubjectDayTotal> subjectDays(UsageQuery query, Collection<String> subjects) {
    return new DerivedSums(this).subjectDays(query, subjects);
  }

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
   * @throws IllegalArgumentException if the query is {@linkplain UsageQuery#asOf as of} a moment
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
   * Returns the closed periods. The default is for stores that close no periods.
   *
   * @return the periods, ordered by account and day
   * @throws StoreException if the store cannot be read
   */
  default List<ClosedPeriod> closedPeriods() {
    return List.of();
  }

  /**
   * Returns the days of a closed period that were not final when it was closed.
   *
   * @param period a closed period
   * @return the days, ordered by provider, subject and day
   * @throws StoreException if the store cannot be read
   */
  default List<ClosedPeriod.Gap> gaps(ClosedPeriod period) {
    return List.of();
  }

  /**
   * Returns how the figures of a closed period have changed since its closing: its corrections, and
   * as a correction of zero bytes each day that was first read after the closing.
   *
   * @param period a closed period
   * @return the changes, ordered by provider, subject, day and time, to be closed
   * @throws StoreException if the store cannot be read
   */
  default Stream<Correction> lateCorrections(ClosedPeriod period) {
    return Stream.of();
  }

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
